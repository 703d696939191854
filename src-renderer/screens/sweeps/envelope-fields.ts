import { type RuleUnit, ruleTitleOf, ruleUnit } from '#renderer/components/gate-format.ts'

export type Budget = Readonly<Record<string, unknown>>

/** A limit of the risk budget as the form shows it. */
export interface EnvelopeField {
  rule: string
  title: string
  sign: '≤' | '≥' | 'in'
  unit: RuleUnit
  /** The profile's limit, as it is typed; empty where the profile does not check the rule. */
  fallback: string
}

/** Not in any pack's budget, yet a trader may want them. */
const optional = ['dsr_min', 'pbo_max']

/** Only shown and put on signals: no gate looks at it. */
const withoutGate = new Set(['size_r'])

export function envelopeFields(budget: Budget): EnvelopeField[] {
  const rules = [...new Set([...Object.keys(budget), ...optional])].filter((rule) => !withoutGate.has(rule))
  return rules.map((rule) => {
    const unit = ruleUnit(rule)
    return {
      rule,
      title: ruleTitleOf(rule),
      sign: signOf(rule, unit),
      unit,
      fallback: write(budget[rule], unit),
    }
  })
}

const signOf = (rule: string, unit: RuleUnit): EnvelopeField['sign'] =>
  unit === 'hours' ? 'in' : /(^min_|_min$)/.test(rule) ? '≥' : '≤'

/** As it is typed: fractions in percent. */
function write(limit: unknown, unit: RuleUnit): string {
  if (Array.isArray(limit)) return limit.join(',')
  if (typeof limit !== 'number') return ''
  return String(unit === 'fraction' ? Number((limit * 100).toPrecision(12)) : limit)
}

/** What was typed, as the API takes it, or why it cannot be. */
export function readLimit(text: string, unit: RuleUnit): { limit: number | number[] } | { problem: string } {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  const numbers = parts.map(Number)
  if (parts.length === 0 || numbers.some((value) => !Number.isFinite(value))) {
    return { problem: `${text.trim() || 'nothing'} is no number` }
  }
  if (unit === 'hours') {
    const bad = numbers.find((hour) => !(Number.isInteger(hour) && hour >= 0 && hour < 24))
    return bad === undefined ? { limit: numbers } : { problem: `${bad} is no hour` }
  }
  const [value = Number.NaN] = numbers
  if (numbers.length > 1) return { problem: 'one number only' }
  if (value < 0) return { problem: `${value} is below 0` }
  if (unit === 'fraction' && value > 100) return { problem: `${value}% is above 100%` }
  return { limit: unit === 'fraction' ? Number((value / 100).toPrecision(12)) : value }
}

/** Limits that were typed and differ from the profile's; what cannot be read is left to its field. */
export function overridesOf(
  fields: readonly EnvelopeField[],
  typed: Readonly<Record<string, string>>,
): Record<string, number | number[]> {
  const overrides: Record<string, number | number[]> = {}
  for (const { rule, unit, fallback } of fields) {
    const text = typed[rule]?.trim() ?? ''
    if (text === '' || text === fallback) continue
    const read = readLimit(text, unit)
    if ('limit' in read) overrides[rule] = read.limit
  }
  return overrides
}
