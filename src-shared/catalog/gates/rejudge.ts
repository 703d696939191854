import type { RunMetrics } from '#shared/contract/metrics.ts'
import type { GateCheck } from '#shared/contract/schemas.ts'
import type { GateContext, GateRule } from './define.ts'
import { isWithin, missing } from './evaluate-gate.ts'
import { gates, type RiskBudget } from './index.ts'

/** What the ledger keeps of a run that was judged before. */
export interface JudgedRun {
  metrics: Partial<RunMetrics>
  checks: readonly GateCheck[]
}

/** How a run would stand under another budget; `unknown` are rules that it was never measured for. */
export interface Rejudged {
  pass: boolean
  reasons: string[]
  unknown: string[]
}

/**
 * Holds a run that was judged before against another budget, by the figures that its checks saw. A rule that it was not held to
 * then is answered by its figures where they tell, and is unknown else: such a run does not pass.
 */
export function rejudge(budget: RiskBudget, run: JudgedRun): Rejudged {
  const reasons = new Set<string>()
  const unknown: string[] = []
  for (const rule of gates.values()) {
    const limit = budget[rule.id] ?? rule.fallback
    if (limit === undefined || limit === null) continue
    const seen = run.checks.find((check) => check.rule === rule.id)
    const verdict = seen === undefined ? observeAnew(rule, limit, run) : holdAgainst(rule, limit, seen)
    if (verdict === 'unknown') unknown.push(rule.id)
    else if (verdict !== 'met') reasons.add(verdict)
  }
  return { pass: reasons.size === 0 && unknown.length === 0, reasons: [...reasons], unknown }
}

type Verdict = 'met' | 'unknown' | (string & {})

function holdAgainst(rule: GateRule, limit: unknown, { status, observed, reason }: GateCheck): Verdict {
  if (status === 'not_applicable') return 'met'
  if (observed === null || observed === undefined) return reason
  return isWithin(rule.direction, observed as number | readonly number[], limit) ? 'met' : rule.reason
}

class NotKept extends Error {}

function observeAnew(rule: GateRule, limit: unknown, { metrics }: JudgedRun): Verdict {
  if (rule.optionsOnly) return 'unknown'
  try {
    const { observed, notApplicable } = rule.observe(figuresAlone(metrics), limit)
    if (notApplicable !== undefined) return 'met'
    if (observed === null || observed === undefined) return metrics.sessions ? missing : 'met'
    return isWithin(rule.direction, observed, limit) ? 'met' : rule.reason
  } catch (cause) {
    if (cause instanceof NotKept) return 'unknown'
    throw cause
  }
}

/** A context of figures; whoever asks it for anything else learns that it was not kept. */
function figuresAlone(metrics: Partial<RunMetrics>): GateContext {
  return new Proxy({ metrics } as GateContext, {
    get(target, key, receiver) {
      if (key === 'metrics') return Reflect.get(target, key, receiver)
      throw new NotKept(`${String(key)} of a run is not kept`)
    },
  })
}
