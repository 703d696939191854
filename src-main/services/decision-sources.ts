import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseYaml } from '#main/pack-store/parse-yaml.ts'
import type { DecisionStep } from '#shared/contract/explain-row.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'

type Origin = Pick<DecisionStep, 'from' | 'source'>

/** Where each setting of a policy stands: `of('brackets.atr_period')`. */
export interface PolicySources {
  /** @param key under `execution`, with dots */
  of: (key: string) => Origin
}

/** A policy file with the settings that a request changes for itself, both by key under `execution`. */
export function locatePolicy(
  { path, text }: { path: string | null; text: string },
  changed: ReadonlySet<string>,
): PolicySources {
  const lineOf = path === null ? () => null : lineFinder(path, text)
  return {
    of(key) {
      const line = lineOf(['execution', ...key.split('.')])
      const source = path === null ? null : { path, key: `execution.${key}`, line }
      if (changed.has(key)) return { from: 'what_if', source }
      return { from: line === null ? 'default' : 'policy', source }
    },
  }
}

/** Where a profile's budget in pack.yaml has a key. */
export async function locateBudget(
  root: string,
  packId: string,
  profile: RiskProfile,
  key: string,
): Promise<Origin> {
  const path = `packs/${packId}/pack.yaml`
  const text = await readFile(join(root, path), 'utf8')
  const line = lineFinder(path, text)(['risk_budgets', profile, key])
  const source = { path, key: `risk_budgets.${profile}.${key}`, line }
  return { from: line === null ? 'default' : 'budget', source }
}

/** Line of the key at a path, null where the file leaves it out. */
function lineFinder(path: string, text: string): (at: readonly string[]) => number | null {
  const { value, locate } = parseYaml(path, text)
  return (at) => {
    let found: unknown = value
    for (const key of at) {
      if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return null
      found = (found as Record<string, unknown>)[key]
    }
    return locate({ at: [...at], message: '' }).line
  }
}
