import type { LeaderboardRow } from '#renderer/api/types.ts'
import type { NameAxis, NumberAxis, ParallelAxis } from '#renderer/charts/brushes.ts'
import { describeRule } from '#renderer/components/describe-config.ts'
import { formatCount, formatNumber, formatPercent } from '#renderer/components/format.ts'
import { formatHours, parseHours } from '#renderer/components/time.ts'
import type { ConfigTuple } from '#shared/contract/schemas.ts'

type Rows = readonly LeaderboardRow[]
type Figure = keyof LeaderboardRow['metrics']
type Unit = 'count' | 'fraction' | 'ratio'

const figures: readonly [Figure, string, Unit][] = [
  ['trades', 'Trades', 'count'],
  ['win_rate', 'Win rate', 'fraction'],
  ['max_dd', 'Drawdown', 'fraction'],
  ['cum_return', 'Return', 'fraction'],
  ['fold_sharpe_min', 'Worst fold', 'ratio'],
  ['dsr', 'DSR', 'fraction'],
  ['sharpe', 'Sharpe', 'ratio'],
]

const ruleKey = ({ kind, value }: ConfigTuple): string => `${kind} ${value}`
const hoursKey = ({ allowed_hours }: ConfigTuple): string => allowed_hours || 'all'

/** What the configurations of a sweep acted on: thresholds before shares, each in order of value. */
export const ruleAxis = (rows: Rows): NameAxis => ({
  kind: 'name',
  id: 'rule',
  title: 'Acts on',
  values: rows.map(({ config }) => ruleKey(config)),
  names: namesOf(rows, byRule, ruleKey, (config) => describeRule(config).replace('best of ', '')),
})

/** The sets of hours they decided in, earliest first. */
export const hoursAxis = (rows: Rows): NameAxis => ({
  kind: 'name',
  id: 'hours',
  title: 'Hours',
  values: rows.map(({ config }) => hoursKey(config)),
  names: namesOf(rows, byHours, hoursKey, ({ allowed_hours }) => formatHours(allowed_hours)),
})

const gateAxis = (rows: Rows): NameAxis => ({
  kind: 'name',
  id: 'gate',
  title: 'Gate',
  values: rows.map(({ gate }) => (gate.pass ? 'pass' : 'fail')),
  names: [
    { key: 'pass', label: 'pass' },
    { key: 'fail', label: 'fail' },
  ],
})

/** What a sweep varied, then what came of it, the Sharpe ratio last. Hours that are all the same are no axis. */
export function sweepAxes(rows: Rows): readonly ParallelAxis[] {
  const hours = hoursAxis(rows)
  return [
    ruleAxis(rows),
    ...(hours.names.length > 1 ? [hours] : []),
    gateAxis(rows),
    ...figures.map(([name, title, unit]): NumberAxis => {
      const values = rows.map(({ metrics }) => metrics[name] ?? null)
      return { kind: 'number', id: name, title, values, format: formatOf(unit, values) }
    }),
  ]
}

/** As many decimals as tell two hundredths of the axis apart. */
function formatOf(unit: Unit, values: readonly (number | null)[]): (value: number) => string {
  if (unit === 'count') return formatCount
  const known = values.filter((value) => value !== null)
  const scale = unit === 'fraction' ? 100 : 1
  const span = (Math.max(...known) - Math.min(...known)) * scale
  const digits = span > 0 && Number.isFinite(span) ? Math.max(0, Math.ceil(1.3 - Math.log10(span))) : 2
  return (value) => (unit === 'fraction' ? formatPercent(value, digits) : formatNumber(value, digits))
}

const byRule = (a: ConfigTuple, b: ConfigTuple): number =>
  a.kind.localeCompare(b.kind) ||
  Number.parseFloat(a.value) - Number.parseFloat(b.value) ||
  a.value.length - b.value.length ||
  a.value.localeCompare(b.value)

function byHours(a: ConfigTuple, b: ConfigTuple): number {
  const [left, right] = [parseHours(a.allowed_hours), parseHours(b.allowed_hours)]
  return (left[0] ?? -1) - (right[0] ?? -1) || left.length - right.length
}

function namesOf(
  rows: Rows,
  order: (a: ConfigTuple, b: ConfigTuple) => number,
  keyOf: (config: ConfigTuple) => string,
  labelOf: (config: ConfigTuple) => string,
): NameAxis['names'] {
  const byKey = new Map(rows.map(({ config }) => [keyOf(config), config]))
  return [...byKey]
    .toSorted(([, a], [, b]) => order(a, b))
    .map(([key, config]) => ({ key, label: labelOf(config) }))
}
