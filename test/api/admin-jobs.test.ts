import { afterAll, beforeAll, expect, it } from 'vitest'
import { asUser } from '#main/jobs/asking-user.ts'
import { type AdminServer, startAdminServer } from '#test/admin-server.ts'

let admin: AdminServer
let fails = true
beforeAll(async () => {
  admin = await startAdminServer()
  const { runner } = admin.workspace
  runner.define('sweep', {
    title: 'Sweep',
    quota: 'max_concurrent_sweeps',
    run: (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(null))),
  })
  runner.define('train', {
    title: 'Training',
    run: async () => {
      if (fails) throw new Error('no luck')
      return 1
    },
  })
})
afterAll(() => admin.close())

it('lists jobs by status and kind, retries a failed one, cancels a running one and a waiting one', async () => {
  const { runner } = admin.workspace
  const failed = runner.submit('train', {})
  await runner.wait(failed.job_id).catch(() => undefined)
  await admin.ask('PATCH /admin/quotas', { limits: { max_concurrent_sweeps: 1 } })
  const [first, second] = [runner.submit('sweep', {}), runner.submit('sweep', {})]
  await expect.poll(() => runner.get(first.job_id).status).toBe('running')

  const list = async (query: string) => (await admin.ask(`GET /admin/jobs?${query}`)).body
  expect(await list('kind=sweep&limit=1')).toMatchObject({
    rows: [{ job_id: second.job_id }],
    total: 2,
    next_offset: 1,
  })
  expect((await list('status=failed')).rows).toMatchObject([
    { job_id: failed.job_id, error: { message: 'no luck' } },
  ])

  expect((await admin.ask(`POST /admin/jobs/${second.job_id}/retry`)).status).toBe(409)
  const canceled = await admin.ask(`POST /admin/jobs/${second.job_id}/cancel`)
  expect(canceled.body.job).toMatchObject({ status: 'canceled', started_at: null })
  expect((await admin.ask(`POST /admin/jobs/${first.job_id}/cancel`)).body.job.status).toBe('completed')

  fails = false
  const retried = await admin.ask(`POST /admin/jobs/${failed.job_id}/retry`)
  expect(retried.body.job).toMatchObject({ job_id: failed.job_id, status: 'queued', error: null })
  expect(await runner.wait(failed.job_id)).toBe(1)
  const { rows } = (await admin.ask(`GET /admin/audit?path=/admin/jobs/${second.job_id}/cancel`)).body
  expect(rows).toMatchObject([{ details: { kind: 'sweep', was: 'queued' } }])
})

it('starts what waits as soon as a limit is raised', async () => {
  const { runner } = admin.workspace
  const jobs = [runner.submit('sweep', {}), runner.submit('sweep', {})]
  const running = () => jobs.filter(({ job_id }) => runner.get(job_id).status === 'running').length
  await expect.poll(running).toBe(1)
  const quotas = (await admin.ask('GET /admin/quotas')).body
  expect(quotas).toMatchObject({
    limits: {
      max_concurrent_sweeps: 1,
      max_concurrent_train_jobs: 2,
      max_queue: 100,
      max_rows_per_build: 1e6,
    },
    usage: { max_concurrent_sweeps: 1, max_concurrent_train_jobs: 0, max_queue: 1, max_rows_per_build: 0 },
  })
  const { body } = await admin.ask('PATCH /admin/quotas', { limits: { max_concurrent_sweeps: 2 } })
  expect(body.limits).toMatchObject({ max_concurrent_sweeps: 2, max_queue: 100 })
  await expect.poll(running).toBe(2)
  for (const { job_id } of jobs) await runner.cancel(job_id)
})

it('shows what each user has waiting and running, and counts a request for whoever sends it', async () => {
  const { runner } = admin.workspace
  await admin.ask('PATCH /admin/quotas', { limits: { max_concurrent_sweeps: 1 } })
  const ofTrader = [1, 2].map(() => asUser(2, () => runner.submit('sweep', {})))
  const ofScript = runner.submit('sweep', {})
  await expect.poll(() => runner.get(ofScript.job_id).status).toBe('running')
  const { usage, users } = (await admin.ask('GET /admin/quotas')).body
  expect(usage).toMatchObject({ max_concurrent_sweeps: 2, max_queue: 1 })
  const of = (id: number | null) => users.find(({ user_id }: { user_id: number | null }) => user_id === id)
  expect(of(2)).toMatchObject({
    email: 'trader@example.org',
    usage: { max_concurrent_sweeps: 1, max_queue: 1 },
  })
  expect(of(null)).toMatchObject({ email: null, usage: { max_concurrent_sweeps: 1, max_queue: 0 } })
  expect(of(1).usage).toMatchObject({ max_concurrent_sweeps: 0, max_queue: 0 })
  for (const { job_id } of [...ofTrader, ofScript]) await runner.cancel(job_id)
})

it('knows no job 99999999', async () => {
  for (const what of ['retry', 'cancel']) {
    expect((await admin.ask(`POST /admin/jobs/99999999/${what}`, {})).status).toBe(404)
  }
})
