import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { afterEach, expect, it } from 'vitest'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, until } from '#test/sample-host.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const children: ServedChild[] = []
let root: string | undefined

afterEach(async () => {
  for (const { child } of children) child.kill('SIGKILL')
  if (root) await rm(root, { recursive: true, force: true })
})

async function serve(workspace: string): Promise<ServedChild> {
  const served = await serveChild(workspace)
  children.push(served)
  return served
}

it('a sweep whose host is killed finishes after the restart, with every row once', async () => {
  root = await copySampleWorkspace()
  const model_id = 'spx_eq_swing_daily'
  const first = await serve(root)
  const date_window = { start: '2010-01-04', end: '2014-12-31' }
  await request(first, 'POST', '/matrix/build', { model_id, date_window })
  const thresholds = Array.from({ length: 12 }, (_, i) => (0.5 + i / 100).toFixed(2))
  const body = { model_id, risk_profile: 'balanced', sweep: { threshold_variants: thresholds, splits: 5 } }
  const started = await request<ReplyOf<'runSweep'>>(first, 'POST', '/sweeps/run', body)
  const path = `/sweeps/${started.body.sweep_id}`
  const job = `/jobs/${started.body.job_id}`
  await until<ReplyOf<'getJob'>>(first, job, ({ job: { progress } }) => progress.done > 0, 120)
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')

  const second = await serve(root)
  const recovered = await request<ReplyOf<'getJob'>>(second, 'GET', job)
  expect(recovered.body.job.recovered).toBe(true)
  const end = await until<ReplyOf<'getSweepStatus'>>(
    second,
    `${path}/status`,
    ({ status }) => status === 'completed' || status === 'failed',
    120,
  )
  expect(end).toMatchObject({ status: 'completed', progress: { completed: 12, total: 12 } })
  const { body: results } = await request<ReplyOf<'getSweepResults'>>(
    second,
    'GET',
    `${path}/results?limit=200`,
  )
  expect(results.total).toBe(12)
  expect(results.rows.map(({ config }) => Number(config.value))).toEqual(thresholds.map(Number))
  const board = await request<ReplyOf<'getLeaderboard'>>(second, 'GET', '/leaderboard?limit=200')
  expect(board.body.total).toBe(12)
  expect(await closeChild(second)).toBe(0)
}, 240_000)
