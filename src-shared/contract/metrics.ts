import { type Static, Type } from 'typebox'
import { Nullable, NumberOrNull } from './schemas.ts'

const n = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })

/**
 * Every figure of a run: out of sample, net of costs, on daily returns of the equity series over all sessions unless said
 * otherwise. The description is the definition shown in the docs and on the screen. A zero denominator gives null.
 */
export const RunMetrics = Type.Object({
  sharpe: n('mean / standard deviation (ddof 1) of daily returns × √252'),
  sharpe_se: n('Standard error of the Sharpe ratio, annualised (Lo 2002, with skewness and kurtosis)'),
  sharpe_low: n('Lower end of its 95 % interval'),
  sharpe_high: n('Upper end of its 95 % interval'),
  sharpe_hourly: n('mean / standard deviation of per-bar returns × √(252 × bars per session)'),
  sortino: n('mean over target 0 / root mean square of min(r, 0) over all days × √252'),
  cum_return: n('Final equity − 1'),
  cagr: n('Final equity to the power of 252 / sessions, − 1'),
  calmar: n('cagr / max_dd'),
  max_dd: n('Largest fall from a running peak of equity, a positive fraction, equity starting at 1'),
  underwater_days: Nullable(Type.Integer({ description: 'Longest run of sessions below the running peak' })),
  es95: n(
    'Mean of the worst 5 % of trade returns with the fractional observation, as a positive loss; null under 40 trades',
  ),
  es95_daily: n('The same on daily returns; null under 40 days'),
  worst_day: n('Largest loss of one session, a positive fraction; 0 without a losing session'),
  mean_loss: n('Mean losing trade as a positive fraction'),
  win_rate: n('Share of closed trades with a return above 0'),
  profit_factor: n('Sum of winning returns / sum of losing returns'),
  expectancy: n('Mean trade return'),
  turnover: n('Two-way traded exposure per year of 252 sessions'),
  exposure: n('Mean absolute net exposure over bars'),
  trades: Nullable(Type.Integer({ description: 'Closed trades; one signal is one trade' })),
  trades_effective: n('Trades weighted by average uniqueness of their lives'),
  trades_per_year: n('trades × 252 / sessions'),
  cost_paid: n('Sum of costs charged to equity, in units of starting equity'),
  breakeven_cost_bps: n('Cost per side in basis points at which the sum of returns is 0'),
  sessions: Nullable(Type.Integer({ description: 'Out-of-sample sessions' })),
  fold_sharpe_mean: n('Mean of the Sharpe ratio per fold'),
  fold_sharpe_std: n('Standard deviation (ddof 1) of the Sharpe ratio per fold'),
  fold_sharpe_min: n('Worst Sharpe ratio of a fold'),
  sharpe_double_cost: n('Sharpe ratio at twice the cost'),
  sharpe_delay_1: n('Sharpe ratio when every fill comes one bar later'),
  realised_share: n('Share of scored rows acted on'),
  log_loss: n('Mean negative log probability of the true class'),
  log_loss_base: n('The same for the base rates of the training part'),
  brier: n('Mean squared error of the class probabilities, summed over classes'),
  brier_base: n('The same for the base rates of the training part'),
  accuracy: n('Share of rows whose most probable class is the true one'),
  psr: n('Probability that the true Sharpe ratio is above 0 (Bailey & López de Prado 2012)'),
  dsr: n('Probability that it is above the best expected of as many useless trials (2014)'),
  sr0: n('Expected maximum Sharpe ratio of the trials under the null, a day, at least 0'),
  trials: Nullable(Type.Integer({ description: 'Configurations ever evaluated for this model' })),
  trials_effective: n(
    'ρ + (1 − ρ) × trials, ρ the mean correlation of their daily returns; summed over matrices',
  ),
  min_track_days: n('Minimum track record length in days for 95 % confidence that Sharpe is above 0'),
  score: n('Ranking score of the pack, after the gate'),
})
export type RunMetrics = Static<typeof RunMetrics>

/** Hours that have a threshold of their own. */
export const ThresholdsByHour = Nullable(
  Type.Record(Type.String(), Type.Number(), {
    description:
      'Hours (hour_et) with at least 30 scored training rows, each with its own threshold; the others use `threshold`. null where hours were not asked for',
  }),
)

/** Per-fold figures and the choice made inside its training part. */
export const FoldReport = Type.Object({
  fold: Type.Integer(),
  train_start: Nullable(Type.String()),
  train_end: Nullable(Type.String()),
  test_start: Nullable(Type.String()),
  test_end: Nullable(Type.String()),
  train_rows: Type.Integer(),
  test_rows: Type.Integer(),
  purged_rows: Type.Integer(),
  embargoed_rows: Type.Integer(),
  skipped: Nullable(Type.String({ description: 'Why the fold was not used' })),
  threshold: NumberOrNull,
  thresholds_by_hour: Type.Optional(ThresholdsByHour),
  metrics: Type.Partial(RunMetrics),
})
export type FoldReport = Static<typeof FoldReport>
