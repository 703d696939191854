import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, startSampleHost } from '#test/sample-host.ts'

const model_id = 'spx_eq_swing_daily'
let root: string
let host: Host
let run: ReplyOf<'getBacktestRun'>
let sheet: ReplyOf<'getTearSheet'>

const ask = async <T>(path: string) => {
  const { status, body } = await request<T>(host, 'GET', path)
  expect(status, JSON.stringify(body).slice(0, 300)).toBe(200)
  return body
}

beforeAll(async () => {
  root = await copySampleWorkspace()
  host = await startSampleHost(root)
  const date_window = { start: '2010-01-04', end: '2014-12-31' }
  await request(host, 'POST', '/matrix/build', { model_id, date_window })
  const question = { model_id, thresholds: '0.5', splits: 3 }
  const { body } = await request<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', question)
  run = await ask(`/backtest_runs/${body.backtest_run_id}`)
  sheet = await ask(`/backtest_runs/${body.backtest_run_id}/tear_sheet`)
}, 120_000)
afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true, force: true })
})

const compounded = (returns: readonly number[]) => returns.reduce((equity, r) => equity * (1 + r), 1) - 1

it('tells the drawdowns that the figures of the run tell the depth and length of', () => {
  const { max_dd, underwater_days } = run.run.metrics
  expect(sheet.drawdowns.length).toBeGreaterThan(3)
  expect(sheet.drawdowns[0]!.depth).toBeCloseTo(max_dd!, 12)
  expect(Math.max(...sheet.drawdowns.map(({ sessions }) => sessions))).toBe(underwater_days)
  const { date, drawdown } = run.equity
  for (const { depth, start, trough, recovery, sessions, to_trough } of sheet.drawdowns) {
    const [from, low] = [date.indexOf(start), date.indexOf(trough)]
    expect(drawdown[from - 1] ?? 0).toBe(0)
    expect(drawdown[low]).toBeCloseTo(depth, 12)
    expect(to_trough).toBe(low - from + 1)
    const to = recovery === null ? date.length : date.indexOf(recovery)
    expect(sessions).toBe(to - from)
    expect(drawdown.slice(from, to).every((fall) => fall > 0)).toBe(true)
  }
})

it('compounds months and years to the return of the run, each of its own sessions', () => {
  const { date, daily_return } = run.equity
  for (const parts of [sheet.months, sheet.years]) {
    expect(compounded(parts.map(({ ret }) => ret))).toBeCloseTo(run.run.metrics.cum_return!, 10)
    expect(parts.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(date.length)
  }
  const { year, month, ret } = sheet.months[7]!
  const prefix = `${year}-${String(month).padStart(2, '0')}`
  const own = daily_return.filter((_, i) => date[i]!.startsWith(prefix))
  expect(ret).toBeCloseTo(compounded(own), 12)
})

it('counts days by size, and gives the Sharpe ratio of each 63 sessions', () => {
  const { daily_return } = run.equity
  const { bins, flat } = sheet.histogram
  expect(flat).toBe(daily_return.filter((r) => r === 0).length)
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(daily_return.length - flat)
  expect(sheet.rolling.sharpe.slice(0, 62).every((each) => each === null)).toBe(true)
  const at = 200
  const window = daily_return.slice(at - 62, at + 1)
  const mean = window.reduce((a, b) => a + b, 0) / 63
  const variance = window.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 62
  expect(sheet.rolling.sharpe[at]).toBeCloseTo((mean / Math.sqrt(variance)) * Math.sqrt(252), 9)
})

it('splits the trades by weekday and by side without losing one', () => {
  const { trades } = run
  const [day] = sheet.weekdays
  const monday = trades.ret.filter((_, t) => new Date(trades.entry_at[t]!).getUTCDay() === 1)
  expect(day).toMatchObject({ weekday: 1, trades: monday.length })
  expect(day!.mean_ret).toBeCloseTo(monday.reduce((a, b) => a + b, 0) / monday.length, 12)
  for (const groups of [sheet.weekdays, sheet.sides]) {
    expect(groups.reduce((sum, each) => sum + each.trades, 0)).toBe(run.run.metrics.trades)
    const total = groups.reduce((sum, each) => sum + each.sum_ret, 0)
    expect(total).toBeCloseTo(
      trades.ret.reduce((a, b) => a + b, 0),
      10,
    )
  }
})

it('sets the run beside the underlying held, and says what costs and delay do to it', () => {
  const csv = readFileSync(join(root, `matrices/by-sha/${run.run.lineage.matrix_sha}.csv`), 'utf8')
  const [header = [], ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const priceOf = (date: string, name: string) =>
    Number(rows.find((row) => row[0] === date)![header.indexOf(name)])
  const { date } = run.equity
  const bought = priceOf(date[0]!, 'open')
  const { benchmark, sensitivity, costs } = sheet
  for (const at of [0, 100, 500]) {
    expect(benchmark!.equity[at]).toBeCloseTo(priceOf(date[at]!, 'close') / bought, 12)
  }
  expect(benchmark!.equity).toHaveLength(date.length)
  expect(compounded(sheet.years.map(({ held }) => held!))).toBeCloseTo(benchmark!.cum_return!, 10)

  const { metrics } = run.run
  expect(sensitivity!.double_cost.sharpe).toBe(metrics.sharpe_double_cost)
  expect(sensitivity!.delay_1!.sharpe).toBe(metrics.sharpe_delay_1)
  expect(sensitivity!.double_cost.cum_return!).toBeLessThan(metrics.cum_return!)
  expect(costs).toMatchObject({ paid: metrics.cost_paid, breakeven_bps: metrics.breakeven_cost_bps })
  // At the break-even cost the sum of bar returns before costs is what trading took.
  const traded = (metrics.turnover! * date.length) / 252
  expect(costs.gross).toBeCloseTo((metrics.breakeven_cost_bps! / 1e4) * traded, 12)
})

it('gives the reliability of the scores, and no importance before such a model is trained', () => {
  const { reliability } = sheet
  expect(reliability!.bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(reliability!.rows)
  expect(reliability!.bins.map(({ from }) => from)).toEqual(
    reliability!.bins.map(({ from }) => from).toSorted((a, b) => a - b),
  )
  expect(sheet.importance).toBeNull()
})

it('gives the request that asks for the same configuration again', async () => {
  const again = await request<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', {
    ...sheet.repeat,
    splits: 3,
    save: false,
  })
  expect(again.status, JSON.stringify(again.body).slice(0, 300)).toBe(200)
  expect(again.body.result.lineage).toEqual(run.run.lineage)
})

it('gives the bars that the trades were filled on, in a window', async () => {
  const { trades } = run
  const path = `/backtest_runs/${run.run.id}/bars`
  const day = trades.entry_at[3]!.slice(0, 10)
  const bars = await ask<ReplyOf<'getRunBars'>>(`${path}?start=${day}&end=${day}`)
  expect(bars).toMatchObject({ ticker: 'SPX', cadence: 'daily', simulated: false, bars_total: 1 })
  // The SPX of that time is filled at closes.
  expect(bars.close[0]).toBe(trades.entry[3])
  const all = await ask<ReplyOf<'getRunBars'>>(path)
  expect(all.bars_total).toBeGreaterThan(1200)
  const none = await request<{ error: { message: string } }>(host, 'GET', `${path}?start=2019-01-02`)
  expect(none.status).toBe(422)
  expect(none.body.error.message).toContain('bars from 2010-01-04 to 2014-12-31')
  expect((await request(host, 'GET', '/backtest_runs/99/tear_sheet')).status).toBe(404)
})
