import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AdminServer, startAdminServer } from '#test/admin-server.ts'
import { tokens } from '#test/test-server.ts'

let admin: AdminServer
beforeEach(async () => {
  admin = await startAdminServer()
})
afterEach(() => admin.close())

const rows = async (query = '') => (await admin.ask(`GET /admin/audit${query}`)).body.rows

describe('GET /audit', () => {
  it('filters by everything that is documented, newest first', async () => {
    const { ledger } = admin.workspace
    const row = { user_id: 2, method: 'POST', path: '/models', status: 200, details: null }
    ledger.audit.add({ ...row, pack_id: 'zerosigma', model_id: 'spy' })
    ledger.audit.add({ ...row, pack_id: 'swingsigma', model_id: null, status: 409 })
    ledger.audit.add({ ...row, pack_id: null, model_id: null, method: 'PATCH', path: '/models/spy' })
    const ids = async (query: string) =>
      (await admin.ask(`GET /audit?${query}`, null, tokens.viewer)).body.rows.map(
        (each: { id: number }) => each.id,
      )
    expect(await ids('')).toEqual([3, 2, 1])
    expect(await ids('path=/models')).toEqual([2, 1])
    expect(await ids('method=post&pack_id=zerosigma')).toEqual([1])
    expect(await ids('status=409')).toEqual([2])
    expect(await ids('model_id=spy')).toEqual([1])
    expect(await ids('end=2001-01-01')).toEqual([])
    expect(await ids('start=2001-01-01&limit=1&offset=1')).toEqual([2])
    const { body } = await admin.ask('GET /audit?limit=2&offset=1', null, null)
    expect(body).toMatchObject({ count: 2, total: 3, limit: 2, offset: 1, next_offset: 3 })
    expect((await admin.ask('GET /audit', null, null)).body.limit).toBe(100)
  })
})

it('notes an admin’s change once, with what was changed and never a token', async () => {
  await admin.ask('PATCH /admin/users/2', { role: 'viewer' })
  const { token_once } = (await admin.ask('POST /admin/users/3/rotate_token')).body
  await admin.ask('PATCH /admin/flags', { key: 'sample_data', enabled: false })
  const noted = await rows('?user_id=1')
  expect(noted.map(({ path, status, details }: Record<string, unknown>) => [path, status, details])).toEqual([
    ['/admin/flags', 200, { key: 'sample_data', enabled: false }],
    ['/admin/users/3/rotate_token', 200, { user_id: 3 }],
    ['/admin/users/2', 200, { user_id: 2, was: 'trader', role: 'viewer' }],
  ])
  expect(JSON.stringify(noted)).not.toContain(token_once)
})

it('notes a refused change once, with its status', async () => {
  await admin.ask('PATCH /admin/users/1', { role: 'viewer' })
  await expect.poll(() => rows()).toMatchObject([{ path: '/admin/users/1', status: 409, details: null }])
})

it('changes nothing that it cannot note', async () => {
  const { ledger, runner } = admin.workspace
  runner.define('waits', {
    title: 'Waits',
    run: (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', resolve)),
  })
  const { job_id } = runner.submit('waits', {})
  admin.failAudit(true)
  for (const [how, body] of [
    ['PATCH /admin/users/2', { role: 'admin' }],
    ['POST /admin/users', { email: 'x@example.org', role: 'admin' }],
    ['POST /admin/users/2/rotate_token', undefined],
    ['PATCH /admin/quotas', { limits: { max_queue: 1 } }],
    ['PATCH /admin/flags', { key: 'require_token', enabled: true }],
    [`POST /admin/jobs/${job_id}/cancel`, undefined],
  ] as const) {
    expect([how, (await admin.ask(how, body)).status]).toEqual([how, 500])
  }
  expect(ledger.users.list().map(({ role }) => role)).toEqual(['admin', 'trader', 'viewer'])
  expect(ledger.users.findByTokenSha('')).toBeUndefined()
  expect([ledger.quotas.list(), ledger.flags.list()]).toEqual([{}, []])
  expect(['queued', 'running']).toContain(runner.get(job_id).status)
  expect((await admin.ask('GET /packs', null, tokens.trader)).status).toBe(200)
})
