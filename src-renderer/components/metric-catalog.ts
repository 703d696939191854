import { RunMetrics } from '#shared/contract/metrics.ts'
import { definitionOf } from './definition.ts'
import {
  formatBps,
  formatCount,
  formatNumber,
  formatPercent,
  formatSignedPercent,
  humanize,
} from './format.ts'

export type MetricName = keyof RunMetrics
type Unit = 'ratio' | 'fraction' | 'return' | 'count' | 'days' | 'bps' | 'probability' | 'small'

interface MetricEntry {
  title: string
  unit: Unit
}

const named = (title: string, unit: Unit): MetricEntry => ({ title, unit })

const entries: Partial<Record<MetricName, MetricEntry>> = {
  sharpe: named('Sharpe', 'ratio'),
  sharpe_se: named('Sharpe, standard error', 'ratio'),
  sharpe_low: named('Sharpe, 95% low', 'ratio'),
  sharpe_high: named('Sharpe, 95% high', 'ratio'),
  sharpe_hourly: named('Sharpe per bar', 'ratio'),
  sortino: named('Sortino', 'ratio'),
  cum_return: named('Return', 'return'),
  cagr: named('Return a year', 'return'),
  calmar: named('Calmar', 'ratio'),
  max_dd: named('Max drawdown', 'fraction'),
  underwater_days: named('Longest under water', 'days'),
  es95: named('Worst 5% of trades', 'fraction'),
  es95_daily: named('Worst 5% of days', 'fraction'),
  mean_loss: named('Mean losing trade', 'fraction'),
  worst_day: named('Worst day', 'fraction'),
  win_rate: named('Win rate', 'fraction'),
  profit_factor: named('Profit factor', 'ratio'),
  expectancy: named('Mean trade', 'small'),
  turnover: named('Turnover a year', 'ratio'),
  exposure: named('Exposure', 'fraction'),
  trades: named('Trades', 'count'),
  trades_effective: named('Effective trades', 'count'),
  trades_per_year: named('Trades a year', 'count'),
  cost_paid: named('Cost paid', 'fraction'),
  breakeven_cost_bps: named('Break-even cost', 'bps'),
  sessions: named('Sessions', 'days'),
  fold_sharpe_mean: named('Fold Sharpe, mean', 'ratio'),
  fold_sharpe_std: named('Fold Sharpe, spread', 'ratio'),
  fold_sharpe_min: named('Fold Sharpe, worst', 'ratio'),
  sharpe_double_cost: named('Sharpe at double cost', 'ratio'),
  sharpe_delay_1: named('Sharpe one bar late', 'ratio'),
  realised_share: named('Rows acted on', 'fraction'),
  log_loss: named('Log loss', 'ratio'),
  log_loss_base: named('Log loss of base rates', 'ratio'),
  brier: named('Brier score', 'ratio'),
  brier_base: named('Brier score of base rates', 'ratio'),
  accuracy: named('Accuracy', 'fraction'),
  psr: named('PSR', 'probability'),
  dsr: named('DSR', 'probability'),
  sr0: named('Best Sharpe luck would give, a day', 'small'),
  trials: named('Trials', 'count'),
  trials_effective: named('Effective trials', 'ratio'),
  min_track_days: named('Track record needed', 'days'),
  score: named('Score', 'ratio'),
}

/** Metrics of the run page by the question they answer. */
export const metricGroups: readonly { title: string; names: readonly MetricName[] }[] = [
  {
    title: 'Return',
    names: [
      'cum_return',
      'cagr',
      'sharpe',
      'sharpe_low',
      'sharpe_high',
      'sharpe_se',
      'sharpe_hourly',
      'sortino',
      'calmar',
      'score',
    ],
  },
  {
    title: 'Risk',
    names: ['max_dd', 'underwater_days', 'es95', 'es95_daily', 'worst_day', 'mean_loss', 'exposure'],
  },
  {
    title: 'Trades',
    names: [
      'trades',
      'trades_effective',
      'trades_per_year',
      'win_rate',
      'profit_factor',
      'expectancy',
      'turnover',
      'cost_paid',
      'breakeven_cost_bps',
      'realised_share',
    ],
  },
  {
    title: 'Stability',
    names: [
      'sessions',
      'fold_sharpe_mean',
      'fold_sharpe_std',
      'fold_sharpe_min',
      'sharpe_double_cost',
      'sharpe_delay_1',
    ],
  },
  { title: 'Honesty', names: ['psr', 'dsr', 'trials', 'trials_effective', 'sr0', 'min_track_days'] },
  { title: 'Model', names: ['accuracy', 'log_loss', 'log_loss_base', 'brier', 'brier_base'] },
]

export const metricTitle = (name: MetricName): string => entries[name]?.title ?? humanize(name)

/** The one definition of a metric: the contract's. */
export const metricDefinition = (name: MetricName): string => definitionOf(RunMetrics.properties[name])

export function formatMetric(name: MetricName, value: number | null | undefined): string {
  switch (entries[name]?.unit) {
    case 'fraction':
    case 'probability':
      return formatPercent(value)
    case 'return':
      return formatSignedPercent(value)
    case 'small':
      return name === 'expectancy' ? formatSignedPercent(value, 3) : formatNumber(value, 4)
    case 'count':
      return formatCount(value)
    case 'days':
      return value == null ? formatCount(value) : `${formatCount(value)} d`
    case 'bps':
      return formatBps(value)
    default:
      return formatNumber(value)
  }
}
