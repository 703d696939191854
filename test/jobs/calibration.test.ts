import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, startSampleHost } from '#test/sample-host.ts'

const model_id = 'spy_eq_swing_daily'
type Failure = { error: { code: string; message: string } }

let root: string
let host: Host
let backtest: ReplyOf<'runBacktest'>

async function post<Body>(path: string, body: object): Promise<Body> {
  const answer = await request<Body>(host, 'POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}
const thresholds = (body: object) =>
  post<ReplyOf<'calibrateThresholds'>>('/calibrate_thresholds', { model_id, ...body })
const brackets = (body: object) =>
  post<ReplyOf<'calibrateBrackets'>>('/calibrate_brackets', { model_id, ...body })

beforeAll(async () => {
  root = await copySampleWorkspace()
  host = await startSampleHost(root)
  const early = await request<Failure>(host, 'POST', '/calibrate_thresholds', { model_id, top_n: 5 })
  expect([early.status, early.body.error.code]).toEqual([422, 'NO_DATA'])
  expect((await brackets({})).replay).toBeNull()
  backtest = await post('/backtest', { model_id, thresholds: '0.50,0.55,0.60', splits: 3 })
}, 120_000)

afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

describe('the parity block of a backtest', () => {
  it('walks every trade of the run through the brackets of the policy', async () => {
    const { parity, result, backtest_run_id } = backtest
    expect(parity).toMatchObject({
      basis: 'underlying',
      atr_mult_stop: 1.5,
      atr_mult_target: 3,
      atr_period: 14,
    })
    const { trades, not_closed, not_entered, hit_rate, stop_rate, timeouts } = parity!
    expect(trades + not_closed + not_entered).toBe(result.metrics.trades)
    expect(trades).toBeGreaterThan(10)
    expect(hit_rate! * trades + stop_rate! * trades + timeouts).toBeCloseTo(trades, 9)
    const stored = await request<ReplyOf<'getBacktestRun'>>(host, 'GET', `/backtest_runs/${backtest_run_id}`)
    expect(stored.body.parity).toEqual(parity)
  })

  it('stands beside each run of a sweep', async () => {
    const sweep = { model_id, thresholds_variants: ['0.50', '0.60'], splits: 3 }
    const { runs } = await post<ReplyOf<'runBacktestSweep'>>('/backtest_sweep', sweep)
    for (const { result } of runs) {
      const { trades, not_closed, not_entered } = result.parity!
      expect(trades + not_closed + not_entered).toBe(result.total_trades)
    }
  })
})

describe('POST /calibrate_thresholds', () => {
  const grid = '0.50,0.55,0.60,0.65'

  it('counts the out-of-fold trades of the latest backtest and takes the count nearest to the wanted one', async () => {
    const reply = await thresholds({ grid, top_n: 20 })
    expect(reply).toMatchObject({
      column: 'score_oof',
      sides: 'both',
      top_n: 20,
      metric: null,
      performance: null,
    })
    expect(reply.source_csv).toBe(`matrices/${model_id}/training_matrix_built.csv`)
    const rows = backtest.result.threshold_results
    expect(reply.counts.slice(0, 3).map(({ count }) => count)).toEqual(rows.map(({ trades }) => trades))
    const nearest = Math.min(...reply.counts.map(({ count }) => Math.abs(count - 20)))
    expect(Math.abs(reply.expected_count! - 20)).toBe(nearest)
  })

  it('shows the figures of a metric as a choice on test data, and counts them as trials', async () => {
    const trialsNow = async () => {
      const again = { model_id, thresholds: '0.55', splits: 3, save: false }
      return (await post<ReplyOf<'runBacktest'>>('/backtest', again)).result.metrics.trials!
    }
    const before = await trialsNow()
    const { performance, recommended_threshold, warnings } = await thresholds({
      grid: '0.53,0.57',
      metric: 'cum_ret',
    })
    const best = performance!.reduce((a, b) => (b.cum_ret! > a.cum_ret! ? b : a))
    expect(recommended_threshold).toBe(best.threshold)
    expect(warnings.join()).toMatch(/choice on test data/)
    expect(await trialsNow()).toBe(before + 2)
  })

  it('counts a column of a given file, and refuses one that it lacks', async () => {
    const lines = ['date,score_total,points', '2024-06-03,0.7,10', '2024-06-04,0.4,20', '2024-06-05,0.52,30']
    await writeFile(join(root, 'scores.csv'), `${lines.join('\n')}\n`)
    const csv = 'scores.csv'
    expect((await thresholds({ csv, grid, top_n: 2 })).counts.map(({ count }) => count)).toEqual([3, 2, 2, 1])
    const points = await thresholds({ csv, column: 'points', grid: '15,25', top_n: 1 })
    expect(points).toMatchObject({
      sides: 'above',
      recommended_threshold: 25,
      expected_count: 1,
      source_csv: csv,
    })
    const bad = await request<Failure>(host, 'POST', '/calibrate_thresholds', {
      model_id,
      csv,
      column: 'pionts',
    })
    expect(bad.body.error.message).toMatch(/no number column pionts \(did you mean points\?\)/)
    const outside = await request(host, 'POST', '/calibrate_thresholds', { model_id, csv: '../x.csv' })
    expect(outside.status).toBe(400)
  })
})

describe('POST /calibrate_brackets', () => {
  it('ranks the ratios and replays each on the signals of the latest backtest', async () => {
    const grids = { k_stop_grid: '1.2,1.5', k_target_grid: '3', time_stop_candidates: '3900,7800' }
    await post('/backtest', { model_id, thresholds: '0.50,0.55,0.60', splits: 3 })
    const reply = await brackets({ desired_rr: 2.5, ...grids })
    expect(reply.recommended).toEqual({
      ...{ atr_mult_stop: 1.2, atr_mult_target: 3, rr_implied: 2.5, time_stop_minutes: 7800 },
    })
    expect(reply.candidates.map(({ delta }) => delta)).toEqual([0, 0.5])
    expect(reply.replay).toHaveLength(4)
    // The policy's own bracket comes to what the backtest's parity block says.
    const own = reply.replay!.find((each) => each.k_stop === 1.5 && each.time_stop_minutes === 7800)
    const { trades, hit_rate, stop_rate, timeouts, avg_rr, avg_return } = backtest.parity!
    expect(own).toMatchObject({ trades, hit_rate, stop_rate, timeouts, avg_rr, avg_return })
    expect(reply.warnings.join()).toMatch(/choice on test data/)
  })

  it.each([
    { k_stop_grid: '1,abc' },
    { k_stop_grid: '0,1' },
    { time_stop_candidates: '60.5' },
    { k_target_grid: '101' },
  ])('refuses %j', async (body) => {
    const { status } = await request(host, 'POST', '/calibrate_brackets', { model_id, ...body })
    expect(status).toBe(400)
  })
})

describe('GET /models/:model_id/performance', () => {
  it('shows the newest backtest beside the live figures', async () => {
    const path = `/models/${model_id}/performance`
    const { body } = await request<ReplyOf<'getModelPerformance'>>(host, 'GET', path)
    expect(body.backtest!.metrics.best_cum_ret).toBe(backtest.best_cum_ret)
    expect(body.live.metrics).toMatchObject({ trades: 0, sharpe: null, fill_rate: null, freshness_sec: null })
  })
})
