import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import { openDuck } from '#main/lake/duck.ts'
import { createLake } from '#main/lake/lake.ts'
import { sessionDate, sessionsBetween } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, startSampleHost } from '#test/sample-host.ts'

const model_id = 'spx_eq_swing_daily'
const date_window = { start: '2010-01-04', end: '2014-12-31' }
const question = { model_id, thresholds: '0.5,0.55', splits: 3 }
type Run = ReplyOf<'runBacktest'>
type Again = ReplyOf<'reproduceBacktestRun'>

let root: string
let host: Host
let id: string
beforeAll(async () => {
  root = await copySampleWorkspace()
  host = await startSampleHost(root, { threads: 1 })
  await request(host, 'POST', '/matrix/build', { model_id, date_window })
  id = await backtest(question)
}, 120_000)
afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true, force: true })
})

async function backtest(body: object): Promise<string> {
  const { status, body: reply } = await request<Run>(host, 'POST', '/backtest', body)
  expect(status, JSON.stringify(reply)).toBe(200)
  return reply.backtest_run_id!
}
async function reproduce(run: string): Promise<Again> {
  const { status, body } = await request<Again>(host, 'POST', `/backtest_runs/${run}/reproduce`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
async function restart(threads: number): Promise<void> {
  await host.close()
  host = await startSampleHost(root, { threads })
}

it('a run made by one worker thread is the same bytes by two, after a restart and once more', async () => {
  await restart(2)
  // Without the scores that the run left behind there is nothing to lean on.
  await rm(join(root, 'cache', 'scores'), { recursive: true })
  const first = await reproduce(id)
  expect(first).toMatchObject({ equal: true, changed: [], metrics: [], folds_equal: true, notes: [] })
  expect(first.detail_sha.now).toMatch(/^[0-9a-f]{64}$/)
  expect(first.detail_sha.now).toBe(first.detail_sha.stored)
  for (const { stored, now } of [first.matrix_sha, first.config_sha, first.policy_sha, first.risk_sha]) {
    expect(now).toMatch(/^[0-9a-f]{64}$/)
    expect(now).toBe(stored)
  }
  expect(first.sources.map((source) => source.id)).toContain('vega-datasets:sp500-2000/bars/daily/SPX')
  const second = await reproduce(id)
  expect({ ...second, seconds: 0 }).toEqual({ ...first, seconds: 0 })
}, 120_000)

it('is a job that clients can watch, and counts no trial', async () => {
  const trialsNow = async () => {
    const { body } = await request<Run>(host, 'POST', '/backtest', { ...question, save: false })
    return body.result.metrics.trials
  }
  const before = await trialsNow()
  await reproduce(id)
  expect(await trialsNow()).toBe(before)
  const { body } = await request<ReplyOf<'listJobs'>>(host, 'GET', '/jobs')
  const job = body.rows.find(({ kind }) => kind === 'reproduce')
  expect(job).toMatchObject({ status: 'completed', subject: { model_id, backtest_run_id: id } })
}, 180_000)

it('combinatorial cross-validation tells of each of its five paths, and is reproduced too', async () => {
  const body = { model_id, thresholds: '0.5', cv: 'cpcv' }
  const { body: run } = await request<Run>(host, 'POST', '/backtest', body)
  expect(run.result.folds).toHaveLength(15)
  const paths = run.paths!
  const sharpes = paths.rows.map(({ sharpe }) => sharpe!)
  expect(paths).toMatchObject({ count: 5, sharpe_min: Math.min(...sharpes) })
  expect(paths.sharpe_mean).toBeCloseTo(sharpes.reduce((a, b) => a + b) / 5, 12)
  const stored = `/backtest_runs/${run.backtest_run_id}`
  const { body: kept } = await request<ReplyOf<'getBacktestRun'>>(host, 'GET', stored)
  expect(kept.paths).toEqual(paths)
  expect(paths.rows[4]!.equity).toHaveLength(kept.equity.date.length)
  expect(await reproduce(run.backtest_run_id!)).toMatchObject({ equal: true, changed: [] })
  expect((await request(host, 'POST', '/backtest', { ...body, splits: 2 })).status).toBe(400)
}, 180_000)

it('an edited model or policy leaves the run as it was planned, and is named', async () => {
  await request(host, 'PATCH', `/models/${model_id}`, { config: { hyperparams: { n_estimators: 9 } } })
  expect(await reproduce(id)).toMatchObject({ equal: true, changed: ['config_sha'] })
}, 180_000)

it('a run on a CSV is repeated from the file, and a changed file is named', async () => {
  const first = sessionsBetween('2020-01-06', '2020-12-31').first
  const open = Array.from({ length: 300 }, (_, i) => sessionDate(first + i))
  const csv = (shift: number) =>
    ['date,x,y,ret_fwd']
      .concat(
        open.map((date, i) => `${date},${Math.sin(i)},${i % 3 === 0 ? 1 : 0},${Math.cos(i + shift) / 100}`),
      )
      .join('\n')
  await writeFile(join(root, 'mine.csv'), csv(0))
  const run = await backtest({ ...question, csv: 'mine.csv', splits: 2 })
  expect(await reproduce(run)).toMatchObject({ equal: true, metrics: [], changed: [] })
  await writeFile(join(root, 'mine.csv'), csv(1))
  const again = await reproduce(run)
  expect(again.equal).toBe(false)
  expect(again.changed).toContain('matrix_sha')
  expect(again.sources).toHaveLength(1)
  expect(again.sources[0]!.id).toBe('csv:mine.csv')
  expect(again.sources[0]!.now).not.toBe(again.sources[0]!.stored)
}, 180_000)

it('names the series of the lake that changed, and by how much the figures differ', async () => {
  await host.close()
  const duck = await openDuck()
  const lake = createLake(root, duck)
  const { source, bars } = (await lake.storedBars('daily', 'SPX'))!
  const at = bars.session.findIndex((_, i) => bars.ts[i]! > Date.UTC(2013, 5, 3))
  bars.close[at] = bars.high[at]!
  bars.close[at + 1] = bars.low[at + 1]!
  await lake.writeBars('daily', 'SPX', bars, source)
  duck.close()
  host = await startSampleHost(root, { threads: 2 })
  const again = await reproduce(id)
  expect(again.equal).toBe(false)
  expect(again.changed).toContain('matrix_sha')
  const moved = again.sources.filter(({ stored, now }) => stored !== now).map((each) => each.id)
  expect(moved).toEqual(['vega-datasets:sp500-2000/bars/daily/SPX'])
  expect(again.detail_sha.now).not.toBe(again.detail_sha.stored)
  const sharpe = again.metrics.find(({ name }) => name === 'sharpe')!
  expect(sharpe.stored).not.toBe(sharpe.now)
}, 180_000)

it('a run that does not exist is NOT_FOUND', async () => {
  const { status, body } = await request(host, 'POST', '/backtest_runs/999999/reproduce')
  expect(status).toBe(404)
  expect(body['error_code'] ?? body['code'] ?? JSON.stringify(body)).toContain('NOT_FOUND')
})
