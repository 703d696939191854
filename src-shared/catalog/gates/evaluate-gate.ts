import type { Gate, GateCheck } from '#shared/contract/schemas.ts'
import type { GateContext, GateRule } from './define.ts'
import { gates, type RiskBudget } from './index.ts'

/** A check that had nothing to look at though the budget asks for it. */
export const missing = 'metrics_missing'

/**
 * Holds one run against a budget. Every rule with a limit gives a line: pass, fail, or not applicable with the reason. A missing
 * input fails as `metrics_missing`, except where nothing at all was out of sample: then `sample_too_short` says it once.
 */
export function evaluateGate(budget: RiskBudget, context: GateContext): { gate: Gate; checks: GateCheck[] } {
  const checks: GateCheck[] = []
  for (const rule of gates.values()) {
    const limit = budget[rule.id] ?? rule.fallback
    if (limit !== undefined && limit !== null) checks.push(checkRule(rule, limit, context))
  }
  return { gate: gateOf(checks), checks }
}

/** The same checks where a figure that one rule looks at has changed since; a rule that was not held stays out. */
export function observeAgain(
  checks: readonly GateCheck[],
  ruleId: string,
  observed: number | null,
): { gate: Gate; checks: GateCheck[] } {
  const rule = gates.get(ruleId)!
  const renewed = checks.map((check): GateCheck => {
    if (check.rule !== ruleId || check.status === 'not_applicable') return check
    const { note: _, ...line } = { ...check, reason: rule.reason }
    return observed === null
      ? unmeasured(rule, { ...line, observed, budget_use: null })
      : measured(rule, line, observed)
  })
  return { gate: gateOf(renewed), checks: renewed }
}

function gateOf(checks: readonly GateCheck[]): Gate {
  const reasons = new Set<string>()
  for (const { status, reason } of checks) if (status === 'fail') reasons.add(reason)
  return { pass: reasons.size === 0, reasons: [...reasons] }
}

function checkRule(rule: GateRule, limit: unknown, context: GateContext): GateCheck {
  const line = {
    rule: rule.id,
    reason: rule.reason,
    direction: rule.direction,
    limit,
    observed: null,
    budget_use: null,
    worst_fold: worstFold(rule, context),
  }
  if (rule.optionsOnly && context.assetType !== 'opt') {
    return { ...line, status: 'not_applicable', note: 'holds for option models only' }
  }
  const { observed, notApplicable } = rule.observe(context, limit)
  if (notApplicable !== undefined) return { ...line, status: 'not_applicable', note: notApplicable }
  if (observed === null || (typeof observed === 'number' && Number.isNaN(observed))) {
    if (!context.metrics.sessions) {
      return { ...line, status: 'not_applicable', note: 'nothing was out of sample' }
    }
    return unmeasured(rule, line)
  }
  return measured(rule, line, observed)
}

type CheckLine = Omit<GateCheck, 'status'>

function unmeasured(rule: GateRule, line: CheckLine): GateCheck {
  return { ...line, status: 'fail', reason: missing, note: `${rule.title} could not be measured` }
}

function measured(rule: GateRule, line: CheckLine, observed: number | readonly number[]): GateCheck {
  return {
    ...line,
    observed: observed as number | number[],
    budget_use: budgetUse(rule.direction, observed, line.limit),
    status: isWithin(rule.direction, observed, line.limit) ? 'pass' : 'fail',
  }
}

/** Whether an observed value keeps to a limit. */
export function isWithin(
  direction: GateRule['direction'],
  observed: number | readonly number[],
  limit: unknown,
): boolean {
  if (direction === 'within') {
    const allowed = limit as readonly number[]
    return (observed as readonly number[]).every((hour) => allowed.includes(hour))
  }
  return direction === 'at_most'
    ? (observed as number) <= (limit as number)
    : (observed as number) >= (limit as number)
}

/** Share of the limit that is used up, null where it has no finite size. */
function budgetUse(
  direction: GateRule['direction'],
  observed: number | readonly number[],
  limit: unknown,
): number | null {
  if (typeof observed !== 'number' || typeof limit !== 'number') return null
  if (observed === limit) return 1
  const use = direction === 'at_most' ? observed / limit : limit / observed
  return Number.isFinite(use) && use >= 0 && (direction === 'at_most' || observed > 0) ? use : null
}

function worstFold(rule: GateRule, { metricsByFold }: GateContext): GateCheck['worst_fold'] {
  let worst: { fold: number; observed: number } | null = null
  for (const { fold, metrics } of metricsByFold) {
    const observed = rule.observeFold?.(metrics) ?? null
    if (observed === null) continue
    const isWorse =
      worst === null || (rule.direction === 'at_most' ? observed > worst.observed : observed < worst.observed)
    if (isWorse) worst = { fold, observed }
  }
  return worst
}
