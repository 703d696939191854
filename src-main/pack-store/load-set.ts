import { formatIndicator, resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import type { IndicatorSetFile } from '#shared/catalog/packs/indicator-set.ts'
import { messageOf } from './load-model.ts'
import type { PackSource } from './pack-files.ts'
import type { PackProblem } from './problem.ts'
import type { IndicatorSet, SetEntry } from './types.ts'

/** Resolves every indicator of a set; an unknown one, or two that give the same column, are problems with their line. */
export function loadSet(
  source: PackSource,
  file: IndicatorSetFile,
): { set: IndicatorSet; problems: PackProblem[] } {
  const entries: SetEntry[] = []
  const problems: PackProblem[] = []
  const owners = new Map<string, string>()
  for (const [i, spec] of file.indicators.entries()) {
    try {
      const resolved = resolveIndicator(spec)
      const spelling = formatIndicator(resolved.indicator, resolved.params)
      for (const column of resolved.outputs) {
        const owner = owners.get(column)
        if (owner !== undefined) throw new Error(`${spelling} gives the column ${column}, as ${owner} does`)
      }
      for (const column of resolved.outputs) owners.set(column, spelling)
      entries.push({ ...resolved, spelling })
    } catch (cause) {
      problems.push(source.locate({ at: ['indicators', i], message: messageOf(cause) }))
    }
  }
  return { set: { name: source.stem, path: source.path, entries }, problems }
}
