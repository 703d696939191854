import { join } from 'node:path'
import type { WritableColumn } from '#main/lake/columns.ts'
import type { SweepAnalysis } from '#shared/contract/sweep-analysis.ts'
import type { MeasureOverfittingInput } from '#shared/jobs/measure-overfitting.ts'
import { type OverfittingReport, overfittingBlocks } from '#shared/kernels/overfitting.ts'
import { minBacktestLength } from '#shared/kernels/statistics.ts'
import type { ServiceContext } from './context.ts'
import type { Judged } from './evaluation.ts'

const sessionsPerYear = 252

/**
 * Probability of backtest overfitting among the configurations; null where there are too few of them or of days.
 * @param returns daily returns of each configuration, in their order
 */
export async function analyseSweep(
  returns: readonly Float64Array[],
  measure: (input: MeasureOverfittingInput) => Promise<OverfittingReport>,
): Promise<Omit<SweepAnalysis, 'null_test' | 'work'>> {
  const days = returns[0]?.length ?? 0
  const span = {
    min_backtest_years: returns.length > 1 ? minBacktestLength(returns.length, 1) : null,
    years: days / sessionsPerYear,
  }
  // Series of different hour sets may start on different days; only equal spans can be compared day by day.
  const places = returns.flatMap((series, place) => (series.length === days ? [place] : []))
  const blocks = overfittingBlocks(days, places.length)
  if (blocks === null) {
    const none = { logits: [], chosen: [], inside: [], outside: [] }
    return { pbo: null, loss_probability: null, blocks: null, ...none, ...span }
  }
  const report = await measure({ returns: places.map((place) => returns[place]!), blocks })
  return {
    pbo: report.pbo,
    loss_probability: report.lossProbability,
    blocks,
    logits: Array.from(report.logits),
    chosen: Array.from(report.chosen, (among) => places[among]!),
    inside: Array.from(report.inside, annualSharpe),
    outside: Array.from(report.outside, annualSharpe),
    ...span,
  }
}

/** To four decimals: thousands of splits are kept and sent, to be looked at. */
const annualSharpe = (daily: number): number => Math.round(daily * Math.sqrt(sessionsPerYear) * 1e4) / 1e4

/**
 * One line a configuration, for spreadsheets.
 * @param judged figures by run that the ledger will have once the sweep is committed
 */
export async function writeResultsCsv(
  { ledger, duck, root }: Pick<ServiceContext, 'ledger' | 'duck' | 'root'>,
  sweepId: number,
  judged: ReadonlyMap<number, Judged>,
): Promise<void> {
  const rows = ledger.backtestRuns.ofSweep(sweepId, 100_000, 0).rows.map((row) => ({
    ...row,
    ...judged.get(Number(row.id)),
  }))
  const text = (values: string[]): WritableColumn => ({
    kind: 'text',
    codes: Uint32Array.from(values, (_, i) => i),
    dictionary: values,
  })
  const figure = (name: keyof (typeof rows)[number]['metrics']) =>
    Float64Array.from(rows, ({ metrics }) => {
      const value = metrics[name]
      return typeof value === 'number' ? value : Number.NaN
    })
  await duck.writeColumns(
    {
      run_id: text(rows.map(({ id }) => id)),
      kind: text(rows.map(({ config }) => config.kind)),
      value: text(rows.map(({ config }) => config.value)),
      allowed_hours: text(rows.map(({ config }) => config.allowed_hours ?? '')),
      sharpe: figure('sharpe'),
      sortino: figure('sortino'),
      cum_return: figure('cum_return'),
      max_dd: figure('max_dd'),
      win_rate: figure('win_rate'),
      trades: figure('trades'),
      turnover: figure('turnover'),
      dsr: figure('dsr'),
      score: figure('score'),
      pass: text(rows.map(({ gate }) => String(gate.pass))),
      reasons: text(rows.map(({ gate }) => gate.reasons.join(' '))),
      config_sha: text(rows.map(({ lineage }) => lineage.config_sha ?? '')),
    },
    join(root, 'sweeps', String(sweepId), 'results.csv'),
    'csv',
  )
}
