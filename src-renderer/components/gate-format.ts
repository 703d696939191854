import type { Gate, GateCheck } from '#shared/contract/schemas.ts'
import { formatNumber, formatPercent, formatR, humanize, MISSING } from './format.ts'
import { formatHours } from './time.ts'

export type RuleUnit = 'fraction' | 'ratio' | 'count' | 'hours' | 'r'

interface RuleName {
  title: string
  unit: RuleUnit
}

/** By the rule's key in a risk budget. */
const byRule: Record<string, RuleName> = {
  min_trades: { title: 'Trades', unit: 'count' },
  min_trades_per_year: { title: 'Trades a year', unit: 'count' },
  max_dd: { title: 'Drawdown', unit: 'fraction' },
  es95_mult: { title: 'Tail loss against mean loss', unit: 'ratio' },
  sharpe_min: { title: 'Sharpe', unit: 'ratio' },
  calmar_min: { title: 'Calmar', unit: 'ratio' },
  spread_max: { title: 'Option spread', unit: 'fraction' },
  oi_min: { title: 'Open interest', unit: 'count' },
  volume_min: { title: 'Option volume', unit: 'count' },
  fill_rate_min: { title: 'Fill rate', unit: 'fraction' },
  adv_max: { title: 'Share of daily volume', unit: 'fraction' },
  turnover_max: { title: 'Turnover a year', unit: 'ratio' },
  allowed_hours: { title: 'Hours traded', unit: 'hours' },
  daily_loss_max: { title: 'Worst day', unit: 'fraction' },
  min_sessions: { title: 'Sessions out of sample', unit: 'count' },
  leakage_flags: { title: 'Leaking columns', unit: 'count' },
  dsr_min: { title: 'Deflated Sharpe', unit: 'fraction' },
  pbo_max: { title: 'Chance of overfitting', unit: 'fraction' },
  size_r: { title: 'Risk per trade', unit: 'r' },
}

const failing: Record<string, string> = {
  min_trades_not_met: 'too few trades',
  min_trades_per_year_not_met: 'too few trades a year',
  max_dd_exceeded: 'drawdown too deep',
  es95_exceeded: 'tail losses too large',
  sharpe_below_min: 'Sharpe too low',
  calmar_below_min: 'Calmar too low',
  spread_above_limit: 'option spread too wide',
  oi_below_min: 'open interest too low',
  volume_below_min: 'option volume too low',
  fill_rate_below_min: 'too few fills',
  adv_above_limit: 'too large for the volume',
  turnover_exceeded: 'turns over too much',
  hours_not_allowed: 'trades outside the allowed hours',
  daily_loss_exceeded: 'loses too much in a day',
  sample_too_short: 'too few sessions out of sample',
  leakage_flagged: 'a column leaks the future',
  dsr_below_min: 'deflated Sharpe too low',
  pbo_above_max: 'likely overfitted',
  metrics_missing: 'a figure is missing',
}

type Ruled = Pick<GateCheck, 'rule'>

export const ruleTitleOf = (rule: string): string => byRule[rule]?.title ?? humanize(rule)
export const ruleTitle = ({ rule }: Ruled): string => ruleTitleOf(rule)
export const ruleUnit = (rule: string): RuleUnit => byRule[rule]?.unit ?? 'ratio'

/** A reason code in a trader's words. */
export const reasonText = (reason: string): string => failing[reason] ?? humanize(reason).toLowerCase()

/** Limit or observed value in the unit of its rule. */
export function formatRuleValue({ rule }: Ruled, value: unknown): string {
  const unit = ruleUnit(rule)
  if (Array.isArray(value)) return formatHours(value.filter((each) => typeof each === 'number'))
  if (typeof value === 'string') return unit === 'hours' ? formatHours(value) : value
  if (typeof value !== 'number') return MISSING
  if (unit === 'fraction') return formatPercent(value, Math.abs(value) < 0.01 ? 2 : 1)
  if (unit === 'r') return formatR(value)
  if (unit === 'count') return formatNumber(value, Number.isInteger(value) ? 0 : 1)
  return formatNumber(value)
}

export const directionSign = {
  at_most: { sign: '≤', text: 'at most' },
  at_least: { sign: '≥', text: 'at least' },
  within: { sign: 'in', text: 'within' },
} as const

/** "fails balanced by 0.04" for a single numeric miss, else how many rules fail; empty for a pass. */
export function nearMiss(gate: Gate, checks: readonly GateCheck[], profile: string): string {
  if (gate.pass) return ''
  const failed = checks.filter((check) => check.status === 'fail')
  const only = failed.length === 1 ? failed[0] : undefined
  if (only !== undefined && typeof only.limit === 'number' && typeof only.observed === 'number') {
    const distance = Math.abs(only.observed - only.limit)
    return `fails ${profile} by ${formatRuleValue(only, distance)} (${ruleTitle(only).toLowerCase()})`
  }
  if (only !== undefined) return `fails ${profile}: ${reasonText(only.reason)}`
  const count = Math.max(failed.length, gate.reasons.length)
  return `fails ${profile} on ${count} ${count === 1 ? 'rule' : 'rules'}`
}
