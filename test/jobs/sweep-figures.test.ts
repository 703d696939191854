import { existsSync, globSync, readFileSync, truncateSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, startSampleHost, until } from '#test/sample-host.ts'

const model_id = 'spx_eq_swing_daily'
const date_window = { start: '2010-01-04', end: '2014-12-31' }
const threshold_variants = Array.from({ length: 12 }, (_, i) => (0.5 + i / 100).toFixed(2))
const body = { model_id, risk_profile: 'balanced', sweep: { threshold_variants, splits: 4 } }

const open: { root: string; host: Host }[] = []
async function openHost() {
  const root = await copySampleWorkspace()
  const host = await startSampleHost(root)
  open.push({ root, host })
  await request(host, 'POST', '/matrix/build', { model_id, date_window })
  return { root, host }
}
let whole: Awaited<ReturnType<typeof openHost>>
let broken: Awaited<ReturnType<typeof openHost>>
beforeAll(async () => {
  whole = await openHost()
  broken = await openHost()
}, 120_000)
afterAll(async () => {
  for (const { root, host } of open) {
    await host.close()
    await rm(root, { recursive: true, force: true })
  }
})

type Started = ReplyOf<'runSweep'>
const ended = (host: Host, id: string) =>
  until<ReplyOf<'getSweepStatus'>>(host, `/sweeps/${id}/status`, ({ status }) =>
    ['completed', 'failed', 'canceled'].includes(status),
  )

/** What a row says of its configuration, without its id and its times. */
async function figuresOf(host: Host, id: string) {
  const { body: results } = await request<ReplyOf<'getSweepResults'>>(
    host,
    'GET',
    `/sweeps/${id}/results?limit=200`,
  )
  return results.rows.map(({ metrics, gate, checks, lineage, config: tuple }) => {
    return { metrics, gate, checks, lineage, config: tuple }
  })
}

it('a sweep that was canceled and started again ends with the figures of one that ran through', async () => {
  const first = (await request<Started>(whole.host, 'POST', '/sweeps/run', body)).body
  expect((await ended(whole.host, first.sweep_id)).status).toBe('completed')

  const second = (await request<Started>(broken.host, 'POST', '/sweeps/run', body)).body
  const job = `/jobs/${second.job_id}`
  await until<ReplyOf<'getJob'>>(broken.host, job, ({ job: { progress } }) => progress.done > 0)
  await request(broken.host, 'POST', `${job}/cancel`)
  expect((await ended(broken.host, second.sweep_id)).status).toBe('canceled')
  const third = (await request<Started>(broken.host, 'POST', '/sweeps/run', body)).body
  expect(third).toMatchObject({ reused: false })
  expect((await ended(broken.host, third.sweep_id)).status).toBe('completed')

  const rows = await figuresOf(broken.host, third.sweep_id)
  expect(rows).toEqual(await figuresOf(whole.host, first.sweep_id))
  expect(rows.map(({ metrics }) => metrics.trials)).toEqual(new Array(12).fill(12))
}, 120_000)

/** Files of kept scores, one a fold, of the whole workspace. */
const keptScores = () => globSync('cache/scores/*/*.bin', { cwd: whole.root }).sort()

async function runAgain(): Promise<{ rows: unknown[]; trained: number | undefined }> {
  const again = (await request<Started>(whole.host, 'POST', '/sweeps/run', { ...body, force: true })).body
  expect((await ended(whole.host, again.sweep_id)).status).toBe('completed')
  const { analysis } = (await request<ReplyOf<'getSweep'>>(whole.host, 'GET', `/sweeps/${again.sweep_id}`))
    .body
  return { rows: await figuresOf(whole.host, again.sweep_id), trained: analysis?.work?.trained_folds }
}

it('gives the same figures on kept scores, on scores made anew, and where a file of them is damaged', async () => {
  const files = keptScores()
  expect(files).toHaveLength(4)
  const kept = await runAgain()
  expect(kept.trained).toBe(0)
  await rm(join(whole.root, 'cache/scores'), { recursive: true })
  const fresh = await runAgain()
  expect(fresh).toEqual({ rows: kept.rows, trained: 4 })
  expect(keptScores()).toEqual(files)
  truncateSync(join(whole.root, files[2]!), 1000)
  expect(await runAgain()).toEqual({ rows: kept.rows, trained: 1 })
}, 60_000)

it('leaves nothing half done when it is canceled among its configurations', async () => {
  const { host, root } = broken
  const many = Array.from({ length: 400 }, (_, i) => (0.5 + i / 4000).toFixed(5))
  const long = {
    ...{ ...body, sweep: { threshold_variants: many, splits: 4 } },
    risk_budget_overrides: { pbo_max: 0.5, dsr_min: 0.01 },
  }
  const { sweep_id, job_id } = (await request<Started>(host, 'POST', '/sweeps/run', long)).body
  const path = `/sweeps/${sweep_id}`
  await until<ReplyOf<'getSweepStatus'>>(host, `${path}/status`, ({ progress }) => progress.completed > 20)
  await request(host, 'POST', `/jobs/${job_id}/cancel`)
  expect((await ended(host, sweep_id)).status).toBe('canceled')
  const { body: sweep } = await request<ReplyOf<'getSweep'>>(host, 'GET', path)
  expect(sweep).toMatchObject({ analysis: null, sweep: { pbo: null, completed: sweep.results.length } })
  expect(sweep.results.length).toBeLessThan(400)
  expect(existsSync(join(root, `sweeps/${sweep_id}/results.csv`))).toBe(false)

  const db = new Database(join(root, 'ledger.db'), { readonly: true })
  const tried = db.prepare('SELECT count(*) AS n FROM trials WHERE model_id = ?').get(model_id) as {
    n: number
  }
  const folds = db
    .prepare(
      `SELECT count(f.fold) AS n, r.detail_uri FROM backtest_runs r LEFT JOIN backtest_folds f ON f.run_id = r.id
       WHERE r.sweep_id = ? GROUP BY r.id`,
    )
    .all(Number(sweep_id)) as { n: number; detail_uri: string }[]
  db.close()
  expect(folds).toHaveLength(sweep.results.length)
  expect(new Set(folds.map(({ n }) => n))).toEqual(new Set([4]))
  expect(folds.every(({ detail_uri }) => existsSync(join(root, detail_uri)))).toBe(true)
  const board = await request<ReplyOf<'getLeaderboard'>>(
    host,
    'GET',
    `/leaderboard?model_id=${model_id}&limit=200`,
  )
  for (const { metrics, checks } of board.body.rows) {
    expect(metrics.trials).toBe(tried.n)
    const dsr = checks.find(({ rule }) => rule === 'dsr_min')
    if (dsr) expect(dsr.observed).toBe(metrics.dsr)
    expect(checks.find(({ rule }) => rule === 'pbo_max')?.observed ?? null).toBeNull()
  }
}, 120_000)

it('writes into its CSV the gate and the figures that its rows end with', async () => {
  // No probability of overfitting is below 0, and it is only known when every configuration has run.
  const strict = { ...body, risk_budget_overrides: { pbo_max: 0, dsr_min: 0 } }
  const { sweep_id } = (await request<Started>(whole.host, 'POST', '/sweeps/run', strict)).body
  expect((await ended(whole.host, sweep_id)).status).toBe('completed')
  const rows = await figuresOf(whole.host, sweep_id)
  const csv = readFileSync(join(whole.root, `sweeps/${sweep_id}/results.csv`), 'utf8')
    .trim()
    .split('\n')
  const at = (line: string, name: string) => line.split(',')[csv[0]!.split(',').indexOf(name)]
  expect(csv.slice(1).map((line) => at(line, 'reasons'))).toEqual(
    rows.map(({ gate }) => gate.reasons.join(' ')),
  )
  expect(csv.slice(1).map((line) => Number(at(line, 'dsr')))).toEqual(rows.map(({ metrics }) => metrics.dsr))
  expect(rows[0]!.checks.find(({ rule }) => rule === 'pbo_max')!.observed).not.toBeNull()
}, 60_000)

it('trains what a row was judged with, though its model was edited since', async () => {
  const { host } = whole
  const { body: started } = await request<Started>(host, 'POST', '/sweeps/run', body)
  const { body: results } = await request<ReplyOf<'getSweepResults'>>(
    host,
    'GET',
    `/sweeps/${started.sweep_id}/results`,
  )
  const row = results.rows[0]!
  const edit = { config: { hyperparams: { n_estimators: 7 } } }
  const edited = await request(host, 'PATCH', `/models/${model_id}`, edit)
  expect(edited.status, JSON.stringify(edited.body)).toBe(200)

  const job = { model_id, config: row.config, lineage: row.lineage, override: true, tag: 'by hand' }
  const queued = await request<ReplyOf<'trainBatch'>>(host, 'POST', '/train/batch', { jobs: [job] })
  expect(queued.status, JSON.stringify(queued.body)).toBe(202)
  await until<ReplyOf<'listTrainJobs'>>(host, '/train/jobs?limit=50', ({ rows }) =>
    rows.every(({ status }) => status === 'completed' || status === 'failed'),
  )
  const { body: runs } = await request<ReplyOf<'listTrainingRuns'>>(
    host,
    'GET',
    `/training_runs?model_id=${model_id}`,
  )
  expect(runs.rows[0]!.lineage).toMatchObject({ config_sha: row.lineage.config_sha })
}, 60_000)
