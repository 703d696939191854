import type { LeaderboardRow } from '#renderer/api/types.ts'
import { formatNumber } from '#renderer/components/format.ts'
import {
  formatMetric,
  type MetricName,
  metricDefinition,
  metricTitle,
} from '#renderer/components/metric-catalog.ts'
import { type Stat, Stats } from '#renderer/components/stats.tsx'

const names: readonly MetricName[] = [
  'cum_return',
  'max_dd',
  'win_rate',
  'profit_factor',
  'trades',
  'dsr',
  'trials',
  'score',
]

/** The handful of figures that decide whether the rest is read. */
export function KeyFigures({ run: { metrics } }: { run: LeaderboardRow }) {
  const low = metrics.sharpe_low
  const high = metrics.sharpe_high
  const sharpe: Stat = {
    label:
      low == null || high == null ? 'Sharpe' : `Sharpe (${formatNumber(low, 1)} to ${formatNumber(high, 1)})`,
    value: formatNumber(metrics.sharpe),
    title: `${metricDefinition('sharpe')}; in brackets its 95 % interval`,
  }
  const rest = names.map(
    (name): Stat => ({
      label: metricTitle(name),
      value: formatMetric(name, metrics[name]),
      title: metricDefinition(name),
      tone:
        name === 'cum_return' && metrics.cum_return != null
          ? metrics.cum_return < 0
            ? 'loss'
            : 'gain'
          : undefined,
    }),
  )
  return <Stats label="Key figures" stats={[sharpe, ...rest]} />
}
