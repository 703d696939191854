import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { dailyRows, upOrDown, writeCsv } from '#test/csv-rows.ts'
import { copySampleWorkspace, request, startSampleHost } from '#test/sample-host.ts'

type Run = ReplyOf<'runBacktest'>
type Kept = ReplyOf<'getBacktestRun'>

const model_id = 'spx_eq_swing_daily'
/** A model whose leaves must hold more rows than there are cannot split: it always gives the base rate. */
const holder = `model_id: spx_eq_swing_daily_hold
ticker: SPX
model: gbm
task: classification
hyperparams: { n_estimators: 1, max_depth: 1, min_child_samples: 100000 }
indicator_set: swing_eq_index
label: { type: fwd_ret_1d }
train_window: { start: 2003-01-02, end: 2007-06-29 }
asset_type: eq
horizon: swing
cadence: daily
`

let root: string
let host: Host
beforeAll(async () => {
  root = await copySampleWorkspace()
  writeFileSync(join(root, 'packs/swingsigma/model_configs/spx_eq_swing_daily_hold.yaml'), holder)
  host = await startSampleHost(root)
}, 120_000)
afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

async function backtest(body: object): Promise<Run> {
  const reply = await request<Run>(host, 'POST', '/backtest', { thresholds: '0.50', ...body })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}

/** Rows of a matrix as its CSV tells them. */
function readMatrix(sha: string): { ts: number; close: number; t1: number; y: string; ret: number }[] {
  const [header = '', ...lines] = readFileSync(join(root, `matrices/by-sha/${sha}.csv`), 'utf8')
    .trim()
    .split('\n')
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const of = (name: string) => cells[names.indexOf(name)]!
    return {
      ts: Date.parse(of('ts')),
      close: Number(of('close')),
      t1: Date.parse(of('t1')),
      y: of('y'),
      ret: of('ret_fwd') === '' ? Number.NaN : Number(of('ret_fwd')),
    }
  })
}

describe('a perfect feature', { timeout: 60_000 }, () => {
  it.each(['walk_forward', 'purged_kfold', 'cpcv'])('profits in every fold of %s', async (cv) => {
    const rows = dailyRows(1000, ({ ret, random }) => ({
      known: ret,
      noise: random.next(),
      ret_fwd: ret,
      y: upOrDown(ret),
    }))
    const csv = writeCsv(root, 'known.csv', rows)
    const { result } = await backtest({ model_id, csv, cv, splits: 4, save: false })
    expect(result.folds).toHaveLength(cv === 'cpcv' ? 6 : 4)
    for (const fold of result.folds) {
      expect(fold.skipped).toBeNull()
      expect(fold.metrics.cum_return).toBeGreaterThan(0.5)
      expect(fold.metrics.sharpe).toBeGreaterThan(10)
    }
    expect(result.metrics.accuracy).toBeGreaterThan(0.95)
  })
})

describe('the leakage scan', { timeout: 60_000 }, () => {
  it('turns a feature red that equals the next return, and leaves the same one lagged green', async () => {
    const rows = dailyRows(1200, ({ ret, lagged, random }) => ({
      next: ret,
      lagged,
      noise: random.nextGaussian(),
      ret_fwd: ret,
      y: upOrDown(ret),
    }))
    const csv = writeCsv(root, 'next.csv', rows)
    const { result, warnings } = await backtest({ model_id, csv, save: false })
    const { body } = await request<ReplyOf<'getMatrixProfile'>>(
      host,
      'GET',
      `/matrix/${result.lineage.matrix_sha}/profile`,
    )
    expect(body.profile.leakage_flags.map(({ column, level }) => [column, level])).toEqual([['next', 'red']])
    expect(warnings.filter((warning) => warning.includes('may leak'))).toEqual([
      expect.stringMatching(/^next may leak/),
    ])
    expect(result.gate.reasons).toContain('leakage_flagged')
  })
})

describe('on the real S&P 500', { timeout: 60_000 }, () => {
  it('a model that is always long replays the price ratio less its two costs to 1e-12', async () => {
    const { backtest_run_id, result } = await backtest({
      model_id: 'spx_eq_swing_daily_hold',
      slippage_bps: 5,
      calibration: 'none',
    })
    const { body: kept } = await request<Kept>(host, 'GET', `/backtest_runs/${backtest_run_id}`)
    expect(new Set(kept.trades.side)).toEqual(new Set(['long']))
    // Walk-forward leaves the first of six blocks untested. Where opens are no prices both fills are at the next close, and
    // what one trade sells the next one buys, so that the position is paid for once and sold once.
    const matrix = readMatrix(result.lineage.matrix_sha)
    const first = Math.floor(matrix.length / 6) + 1
    const ratio = matrix.at(-1)!.close / matrix[first]!.close
    expect(Math.abs(result.metrics.cum_return! - (ratio * (1 - 5e-4) ** 2 - 1))).toBeLessThan(1e-12)
    expect(Math.abs(ratio - 1)).toBeGreaterThan(0.1)
    expect(result.metrics.trades).toBe(matrix.length - first - 1)
    expect(result.metrics.cost_paid).toBeCloseTo(5e-4 * (1 + ratio * (1 - 5e-4)), 12)
  })

  it('no training label reaches into its test block, and what was purged is exactly what does', async () => {
    const { result } = await backtest({ model_id, embargo: 0.02, save: false })
    const matrix = readMatrix(result.lineage.matrix_sha)
    const gap = Math.ceil(0.02 * matrix.length)
    expect(result.folds).toHaveLength(5)
    for (const fold of result.folds) {
      const start = Date.parse(fold.test_start!)
      const from = matrix.findIndex(({ ts }) => ts === start)
      const before = matrix.slice(0, from).filter(({ y }) => y !== '')
      const free = before.filter(({ t1 }) => t1 < start)
      const kept = free.filter((row) => matrix.indexOf(row) < from - gap)
      expect(fold.train_rows).toBe(kept.length)
      expect(fold.purged_rows).toBe(before.length - free.length)
      expect(fold.purged_rows).toBe(5)
      expect(fold.embargoed_rows).toBe(free.length - kept.length)
      expect(Date.parse(fold.train_end!)).toBe(kept.at(-1)!.ts)
      expect(kept.at(-1)!.t1).toBeLessThan(start)
    }
  })

  it('a built matrix with the next return planted into it has that one red column; as known a week later it is green', async () => {
    const { matrix_sha } = (await backtest({ model_id, save: false })).result.lineage
    const [header, ...lines] = readFileSync(join(root, `matrices/by-sha/${matrix_sha}.csv`), 'utf8')
      .trim()
      .split('\n')
    const at = header!.split(',').indexOf('ret_fwd')
    const future = lines.map((line) => line.split(',')[at]!)
    const planted = lines.map((line, i) => `${line},${future[i]},${future[i - 5] ?? ''}`)
    writeFileSync(join(root, 'planted.csv'), `${[`${header},next_week,past_week`, ...planted].join('\n')}\n`)
    const { warnings, result } = await backtest({ model_id, csv: 'planted.csv', save: false, splits: 2 })
    expect(warnings.filter((warning) => warning.includes('may leak'))).toEqual([
      expect.stringMatching(/^next_week may leak: rank correlation 1\.00/),
    ])
    expect(result.gate.reasons).toContain('leakage_flagged')
  })
})
