import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { WritableColumn } from '#main/lake/columns.ts'
import type { LeaderboardRow } from '#main/ledger/leaderboard-row.ts'
import type { SweepAnalysis } from '#shared/contract/sweep-analysis.ts'
import type { MeasureOverfittingInput } from '#shared/jobs/measure-overfitting.ts'
import {
  type BlockedReturns,
  type OverfittingReport,
  overfittingBlocks,
} from '#shared/kernels/overfitting.ts'
import { minBacktestLength } from '#shared/kernels/statistics.ts'
import type { ServiceContext } from './context.ts'

const sessionsPerYear = 252
const PAGE = 50

const figureNames = [
  'sharpe',
  'sortino',
  'cum_return',
  'max_dd',
  'win_rate',
  'trades',
  'turnover',
  'dsr',
  'score',
] as const

/**
 * Probability of backtest overfitting among the configurations; null where there are too few of them or of days.
 * @param returns of each configuration, in their order
 */
export async function analyseSweep(
  returns: readonly BlockedReturns[],
  measure: (input: MeasureOverfittingInput) => Promise<OverfittingReport>,
): Promise<Omit<SweepAnalysis, 'null_test' | 'work'>> {
  const days = returns[0]?.days ?? 0
  const span = {
    min_backtest_years: returns.length > 1 ? minBacktestLength(returns.length, 1) : null,
    years: days / sessionsPerYear,
  }
  // Series of different hour sets may start on different days; only equal spans can be compared day by day.
  const places = returns.flatMap((series, place) => (series.days === days ? [place] : []))
  const blocks = overfittingBlocks(days, places.length)
  if (blocks === null) {
    const none = { logits: [], chosen: [], inside: [], outside: [] }
    return { pbo: null, loss_probability: null, blocks: null, ...none, ...span }
  }
  const report = await measure({ returns: places.map((place) => returns[place]!) })
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

/** One line a configuration, for spreadsheets. */
export async function writeResultsCsv(
  { ledger, duck, root }: Pick<ServiceContext, 'ledger' | 'duck' | 'root'>,
  sweepId: number,
): Promise<void> {
  const rows: Line[] = []
  // Row by row JSON is parsed, so thousands at once would hold up whoever asks the host meanwhile.
  for (let isMore = true; isMore; await setImmediate()) {
    const page = ledger.backtestRuns.ofSweep(sweepId, PAGE, rows.length)
    rows.push(...page.rows.map(lineOf))
    isMore = page.rows.length === PAGE
  }
  const textColumns = (names: (keyof Line['texts'])[]): Record<string, WritableColumn> =>
    Object.fromEntries(
      names.map((name) => [
        name,
        {
          kind: 'text',
          codes: Uint32Array.from(rows, (_, i) => i),
          dictionary: rows.map(({ texts }) => texts[name]),
        },
      ]),
    )
  await duck.writeColumns(
    {
      ...textColumns(['run_id', 'kind', 'value', 'allowed_hours']),
      ...Object.fromEntries(
        figureNames.map((name, f) => [name, Float64Array.from(rows, ({ figures }) => figures[f]!)]),
      ),
      ...textColumns(['pass', 'reasons', 'config_sha']),
    },
    join(root, 'sweeps', String(sweepId), 'results.csv'),
    'csv',
  )
}

interface Line {
  texts: ReturnType<typeof textsOf>
  /** In the order of `figureNames`, NaN where there is none. */
  figures: Float64Array
}

function lineOf(row: LeaderboardRow): Line {
  return {
    texts: textsOf(row),
    figures: Float64Array.from(figureNames, (name) => row.metrics[name] ?? Number.NaN),
  }
}

function textsOf({ id, config, gate, lineage }: LeaderboardRow) {
  return {
    run_id: id,
    kind: config.kind,
    value: config.value,
    allowed_hours: config.allowed_hours ?? '',
    pass: String(gate.pass),
    reasons: gate.reasons.join(' '),
    config_sha: lineage.config_sha ?? '',
  }
}
