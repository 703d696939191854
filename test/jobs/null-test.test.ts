import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Host, startHost } from '#main/host.ts'
import { sessionDate, sessionsBetween } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { program, request, until } from '#test/sample-host.ts'

const model_id = 'spx_eq_swing_daily'
let root: string
let host: Host
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sigma-null-'))
  host = await startHost({ workspace: root, port: 0, auth: 'local', sample: false, program, log: () => {} })
  const config = { hyperparams: { n_estimators: 5, max_depth: 2, min_child_samples: 5 } }
  expect((await request(host, 'PATCH', `/models/${model_id}`, { config })).status).toBe(200)
}, 180_000)
afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true, force: true })
})

/** Days whose next return has the sign of `x` in the given share of cases, and a sweep over them. */
async function sweepOf(name: string, share: number): Promise<string> {
  const random = createRandom(5)
  const { first } = sessionsBetween('2018-01-02', '2020-12-31')
  const lines = Array.from({ length: 300 }, (_, i) => {
    const x = random.nextGaussian()
    const isAlike = random.next() < share
    const sign = isAlike ? Math.sign(x) : random.next() < 0.5 ? 1 : -1
    const ret = sign * (0.002 + random.next() * 0.01)
    return `${sessionDate(first + i)},${x},${random.nextGaussian()},${ret > 0 ? 1 : 0},${ret}`
  })
  await writeFile(join(root, `${name}.csv`), ['date,x,noise,y,ret_fwd', ...lines].join('\n'))
  const run = await request<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', {
    model_id,
    csv: `${name}.csv`,
    splits: 2,
    save: false,
  })
  expect(run.status, JSON.stringify(run.body)).toBe(200)
  const { matrix_sha } = run.body.result.lineage
  return startSweep(matrix_sha)
}

async function startSweep(matrix_sha: string): Promise<string> {
  const sweep = { threshold_variants: ['0.5', '0.55'], top_pct_variants: ['0.3'], splits: 2 }
  const body = { model_id, matrix_sha, risk_profile: 'balanced', sweep, force: true }
  const { sweep_id } = (await request<ReplyOf<'runSweep'>>(host, 'POST', '/sweeps/run', body)).body
  await ended(`/sweeps/${sweep_id}/status`)
  return sweep_id
}
const isOver = (status: string) => ['completed', 'failed', 'canceled'].includes(status)
const ended = (path: string) => until<{ status: string }>(host, path, ({ status }) => isOver(status))
const startNull = async (sweep: string) =>
  (await request<ReplyOf<'runSweepNull'>>(host, 'POST', `/sweeps/${sweep}/null`)).body
const sweepNow = async (sweep: string) =>
  (await request<ReplyOf<'getSweep'>>(host, 'GET', `/sweeps/${sweep}`)).body
async function nullOf(sweep: string) {
  const { job_id } = await startNull(sweep)
  const { job } = await until<ReplyOf<'getJob'>>(host, `/jobs/${job_id}`, ({ job }) => isOver(job.status))
  expect(job, JSON.stringify(job.error)).toMatchObject({ status: 'completed' })
  const { analysis, sweep: summary } = await sweepNow(sweep)
  expect(analysis!.pbo).toBe(summary.pbo)
  return analysis!.null_test!
}

let planted: string
it('a planted relation is better than every one of 100 shuffles', async () => {
  planted = await sweepOf('planted', 0.8)
  expect((await sweepNow(planted)).analysis!.null_test).toBeNull()
  const test = await nullOf(planted)
  expect(test).toMatchObject({ shuffles: 100, block_rows: 1, p_value: 1 / 101 })
  expect(test.best).toHaveLength(100)
  expect(new Set(test.best).size).toBeGreaterThan(5)
  expect(Math.max(...test.best)).toBeLessThan(test.observed)
  expect(test.p95).toBe(test.best.toSorted((a, b) => a - b)[94])
  const { rows } = (await request<ReplyOf<'getSweepResults'>>(host, 'GET', `/sweeps/${planted}/results`)).body
  expect(test.observed).toBe(Math.max(...rows.map(({ metrics }) => metrics.sharpe!)))
  expect(await startNull(planted)).toEqual({ ok: true, sweep_id: planted, reused: true, job_id: null })
}, 180_000)

it('what a sweep would do is told without starting it, the same one by its number', async () => {
  const matrix_sha = (await sweepNow(planted)).sweep.matrix_sha!
  const plan = async (sweep: object) => {
    const body = { model_id, matrix_sha, risk_profile: 'balanced', sweep: { splits: 2, ...sweep } }
    return (await request<ReplyOf<'planSweep'>>(host, 'POST', '/sweeps/plan', body)).body
  }
  const same = await plan({ threshold_variants: ['0.5', '0.50', '0.55'], top_pct_variants: ['0.3'] })
  const tried = { configurations: 3, new_trials: 0, hour_sets: 1, folds: 2, kept_folds: 2 }
  expect(same).toMatchObject({ ...tried, sweep_id: planted, matrix_sha })
  // Of 300 sessions the first third is never tested.
  expect(same.years).toBeCloseTo(200 / 252, 1)
  const other = await plan({ threshold_variants: ['0.5', '0.7'], splits: 3 })
  expect(other).toMatchObject({
    configurations: 2,
    new_trials: 2,
    trials: same.trials + 2,
    folds: 3,
    kept_folds: 0,
    sweep_id: null,
  })
  expect(other.seconds).toBeGreaterThan(0)
  expect(other.min_backtest_years).toBeGreaterThan(same.min_backtest_years!)
})

it('labels that know nothing of the features are nothing special', async () => {
  const idle = await sweepOf('idle', 0)
  const test = await nullOf(idle)
  const reached = test.best.filter((sharpe) => sharpe >= test.observed).length
  expect(test.p_value).toBe((1 + reached) / 101)
  expect(test.p_value).toBeGreaterThan(0.05)
}, 180_000)

it('can be canceled, leaves nothing behind and can be asked for again', async () => {
  const sweep = await startSweep((await sweepNow(planted)).sweep.matrix_sha!)
  const { job_id, reused } = await startNull(sweep)
  expect(reused).toBe(false)
  expect(await startNull(sweep)).toMatchObject({ reused: true, job_id })
  await until<ReplyOf<'getJob'>>(host, `/jobs/${job_id}`, ({ job }) => job.progress.done > 1)
  const { body } = await request<ReplyOf<'cancelJob'>>(host, 'POST', `/jobs/${job_id}/cancel`)
  expect(body.job.status).toBe('canceled')
  expect((await sweepNow(sweep)).analysis!.null_test).toBeNull()
  const next = await startNull(sweep)
  expect(next.reused).toBe(false)
  await request(host, 'POST', `/jobs/${next.job_id}/cancel`)
}, 180_000)

it('a sweep that does not exist is NOT_FOUND', async () => {
  expect((await request(host, 'POST', '/sweeps/999999/null')).status).toBe(404)
})
