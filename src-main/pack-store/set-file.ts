import { didYouMean, SigmaError } from '#shared/errors.ts'
import { summarizeSet } from './describe-pack.ts'
import { pathOfSet } from './plan-set.ts'
import type { SourceIndex } from './source-index.ts'
import type { AssembledPack, SetFile } from './types.ts'

/** The file of a set as it stands, with the models that are built from it. */
export function describeSetFile(index: SourceIndex, pack: AssembledPack, name: string): SetFile {
  const path = pathOfSet(pack.id, name)
  const known = pack.sets.get(name)
  const problems = pack.brokenSets.get(name) ?? []
  if (known === undefined && problems.length === 0) {
    const near = didYouMean(name, [...pack.sets.keys(), ...pack.brokenSets.keys()])
    throw new SigmaError('NOT_FOUND', `pack ${pack.id} has no indicator set ${name}${near}`)
  }
  const usedBy = [...pack.models.values()].filter((model) => model.indicatorSetName === name)
  return {
    ...(known === undefined
      ? { name, pack_id: pack.id, path, indicators: [] }
      : summarizeSet(pack.id, known)),
    text: index.source(path)?.text ?? '',
    problems,
    usedBy: usedBy.map(({ modelId }) => modelId).sort(),
  }
}
