import { join } from 'node:path'
import type { WritableColumn } from '#main/lake/columns.ts'
import type { SweepAnalysis } from '#shared/contract/sweep-analysis.ts'
import { overfittingBlocks, overfittingProbability } from '#shared/kernels/overfitting.ts'
import { minBacktestLength } from '#shared/kernels/statistics.ts'
import type { ServiceContext } from './context.ts'
import type { Judged } from './evaluation.ts'

/** Probability of backtest overfitting among the configurations; null where there are too few of them or of days. */
export function analyseSweep(returns: readonly Float64Array[]): Omit<SweepAnalysis, 'null_test'> {
  const years = returns.length > 1 ? minBacktestLength(returns.length, 1) : null
  const days = returns[0]?.length ?? 0
  // Series of different hour sets may start on different days; only equal spans can be compared day by day.
  const comparable = returns.filter((series) => series.length === days)
  const blocks = overfittingBlocks(days, comparable.length)
  if (blocks === null) {
    return { pbo: null, loss_probability: null, blocks: null, logits: [], min_backtest_years: years }
  }
  const { pbo, lossProbability, logits } = overfittingProbability(comparable, blocks)
  return {
    pbo,
    loss_probability: lossProbability,
    blocks,
    logits: Array.from(logits).filter(Number.isFinite),
    min_backtest_years: years,
  }
}

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
