import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, startSampleHost, until } from '#test/sample-host.ts'

const model_id = 'spx_eq_swing_daily'
const date_window = { start: '2010-01-04', end: '2012-12-31' }
/** Twelve configurations, so that the sweep has a probability of overfitting. */
const grid = {
  threshold_variants: ['0.50', '0.51', '0.52', '0.53', '0.54', '0.55', '0.50,0.55', '0.52,0.60'],
  top_pct_variants: ['0.1', '0.2', '0.3', '0.5'],
  splits: 3,
}

/** What names a thing or tells when and how fast it was made, not what it is. */
const incidental = new Set([
  ...['id', 'sweep_id', 'run_id', 'backtest_run_id', 'training_run_id', 'job_id'],
  ...['started_at', 'created_at', 'finished_at', 'updated_at', 'duration', 'work', 'eta_seconds'],
])
/** What grows with every configuration that was ever tried. */
const luck = new Set(['dsr', 'sr0', 'trials', 'trials_effective'])
const bare = (value: unknown, without = incidental): string =>
  JSON.stringify(value, (key, each) => (without.has(key) ? undefined : each))

const roots: string[] = []
/** Everything that a backtest, a sweep and a training leave, by name; made by a host that is closed again. */
type Leavings = Record<string, string>
let one: Leavings
let two: Leavings
let restarted: Leavings

beforeAll(async () => {
  roots.push(await copySampleWorkspace(), await copySampleWorkspace())
  one = await work(roots[0]!, 1)
  two = await work(roots[1]!, 2)
  // After a restart, with nothing to lean on but the data.
  await rm(join(roots[0]!, 'cache'), { recursive: true })
  for (const folder of ['artifacts', 'reports']) await rm(join(roots[0]!, folder), { recursive: true })
  restarted = await work(roots[0]!, 2)
}, 240_000)
afterAll(async () => {
  for (const root of roots) await rm(root, { recursive: true })
})

async function ask<Body>(host: Host, method: string, path: string, body?: object): Promise<Body> {
  const reply = await request<Body>(host, method, path, body)
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300)
  return reply.body
}

async function work(root: string, threads: number): Promise<Leavings> {
  const host = await startSampleHost(root, { threads })
  try {
    const built = await ask(host, 'POST', '/matrix/build', { model_id, date_window, preview: true })
    const run = await ask<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', { model_id, splits: 3 })
    const sweep = await ask<ReplyOf<'runSweep'>>(host, 'POST', '/sweeps/run', {
      ...{ model_id, risk_profile: 'balanced', sweep: grid, tag: 'twice', force: true },
    })
    const at = `/sweeps/${sweep.sweep_id}`
    const end = await until<ReplyOf<'getSweepStatus'>>(host, `${at}/status`, ({ status }) =>
      ['completed', 'failed'].includes(status),
    )
    expect(end.error).toBeNull()
    const { analysis } = await ask<ReplyOf<'getSweep'>>(host, 'GET', at)
    const { rows } = await ask<ReplyOf<'getSweepResults'>>(host, 'GET', `${at}/results?limit=200`)
    // Held against the trials of the sweep, too, as its rows are: as many as after a second time.
    const stored = await ask(host, 'GET', `/backtest_runs/${run.backtest_run_id}`)
    const trained = await ask<ReplyOf<'trainModel'>>(host, 'POST', '/train', { model_id })
    const lines = readFileSync(join(root, 'sweeps', sweep.sweep_id, 'results.csv'), 'utf8').split('\n')
    return {
      'matrix reply': bare(built),
      'backtest reply': bare(run, new Set([...incidental, ...luck])),
      'stored backtest': bare(stored),
      'sweep analysis': bare(analysis),
      'sweep rows': bare(rows),
      // The first column is the id of the run.
      'sweep results.csv': lines.map((line) => line.slice(line.indexOf(','))).join('\n'),
      'train reply': bare(trained),
      ...filesOf(root, ['matrices/by-sha/*', 'reports/runs/*', 'artifacts/**/*.onnx', 'artifacts/**/*.gz']),
    }
  } finally {
    await host.close()
  }
}

/** SHA-256 of files by their path. */
function filesOf(root: string, patterns: string[]): Leavings {
  const shaOf = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex')
  return Object.fromEntries(
    globSync(patterns, { cwd: root })
      .sort()
      .map((path) => [path, shaOf(path)]),
  )
}

it('a backtest, a sweep and a training leave what can be compared', () => {
  const files = Object.keys(one)
  const count = (end: string) => files.filter((name) => name.endsWith(end)).length
  expect([count('.onnx'), count('.explain.json.gz'), count('.parquet')]).toEqual([1, 1, 2])
  expect(files.filter((name) => name.startsWith('reports/runs/')).length).toBe(13)
  expect(one['sweep rows']!.length).toBeGreaterThan(10_000)
  expect(one['sweep analysis']).toMatch(/"pbo":[01]/)
  expect(one['sweep results.csv']!.trim().split('\n')).toHaveLength(13)
})

it('one worker thread and two, in workspaces of their own, give equal bytes', () => {
  expect(Object.keys(two)).toEqual(Object.keys(one))
  for (const [name, bytes] of Object.entries(one)) expect(two[name], name).toBe(bytes)
})

it('a host that starts again and does it all once more gives equal bytes', () => {
  expect(Object.keys(restarted)).toEqual(Object.keys(one))
  for (const [name, bytes] of Object.entries(one)) expect(restarted[name], name).toBe(bytes)
})
