import type { RiskBudget } from '#shared/catalog/gates/index.ts'
import { type JudgedRun, rejudge } from '#shared/catalog/gates/rejudge.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

export interface KnownRun extends JudgedRun {
  id: number
  pass: boolean
}

/** Runs named in a list; the counts are of all. */
const named = 20

/** What a budget would make of runs that were judged under another. */
export function measureRiskEffect(
  { rows, total }: { rows: readonly KnownRun[]; total: number },
  budget: RiskBudget,
): ReplyOf<'checkRiskProfile'>['effect'] {
  const gains: string[] = []
  const losses: string[] = []
  const reasons: Record<string, number> = {}
  let passing_now = 0
  let passing_then = 0
  let unknown = 0
  for (const run of rows) {
    const then = rejudge(budget, run)
    if (run.pass) passing_now++
    if (then.pass) passing_then++
    if (then.unknown.length > 0 && then.reasons.length === 0) unknown++
    if (then.pass && !run.pass) gains.push(String(run.id))
    if (run.pass && !then.pass) losses.push(String(run.id))
    for (const reason of then.reasons) reasons[reason] = (reasons[reason] ?? 0) + 1
  }
  const lists = { gains: gains.slice(0, named), losses: losses.slice(0, named) }
  return { runs: rows.length, total, passing_now, passing_then, unknown, ...lists, reasons }
}
