import type { ReplyOf } from '#shared/contract/index.ts'

export type RiskRow = ReplyOf<'listRiskProfiles'>['profiles'][number]
export type RuleRow = ReplyOf<'listRiskProfiles'>['rules'][number]
export type Budget = Readonly<Record<string, unknown>>
/** What the form holds by rule: text of an input, or hours; null takes the rule away. */
export type TypedBudget = Readonly<Record<string, string | number[] | null>>

/** Text of a limit in its input. */
export const textOfLimit = (limit: unknown): string =>
  typeof limit === 'number' ? String(limit) : Array.isArray(limit) ? limit.join(',') : ''

/** What was typed, as the change of a budget; what is as it was is left out. */
export function changeOf(typed: TypedBudget, budget: Budget): Record<string, unknown> {
  const change: Record<string, unknown> = {}
  for (const [rule, given] of Object.entries(typed)) {
    const value = limitOf(given)
    const before = budget[rule] ?? null
    if (JSON.stringify(value) !== JSON.stringify(before)) change[rule] = value
  }
  return change
}

/** A number where the text is one; any other text is left to the host, which says what is wrong with it. */
function limitOf(given: string | number[] | null): unknown {
  if (given === null) return null
  if (typeof given !== 'string') return given.length === 0 ? null : given
  const text = given.trim().replace(',', '.')
  if (text === '') return null
  return Number.isFinite(Number(text)) ? Number(text) : given
}

/** The change that makes a budget into another one. */
export function changeTo(target: Budget, budget: Budget): TypedBudget {
  const rules = new Set([...Object.keys(target), ...Object.keys(budget)])
  const typed: Record<string, string | number[] | null> = {}
  for (const rule of rules) {
    const limit = target[rule] ?? null
    if (JSON.stringify(limit) === JSON.stringify(budget[rule] ?? null)) continue
    typed[rule] = limit === null ? null : Array.isArray(limit) ? (limit as number[]) : textOfLimit(limit)
  }
  return typed
}

/** How many rules differ between two budgets. */
export const countDifferences = (a: Budget, b: Budget): number => Object.keys(changeTo(a, b)).length

/** A budget that a version is held against: the one before it, what ships, or an older one. */
export interface Comparison {
  id: string
  title: string
  budget: Budget
}

export function comparisonsOf({ history, shipped, version }: RiskRow): Comparison[] {
  const older = history.filter((each) => each.version !== version)
  return [
    ...(shipped === null ? [] : [{ id: 'shipped', title: 'as shipped', budget: shipped }]),
    ...older.map((each, i) => ({
      id: String(each.version),
      title: i === 0 ? `before: version ${each.version}` : `version ${each.version}`,
      budget: each.risk_budget,
    })),
  ]
}
