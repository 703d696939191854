import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract } from '#shared/contract/index.ts'
import { type AdminServer, startAdminServer } from '#test/admin-server.ts'
import { tokens } from '#test/test-server.ts'

let admin: AdminServer
beforeAll(async () => {
  admin = await startAdminServer()
  await admin.ask('PATCH /admin/templates/0dte_hourly_options', { template: { name: 'Draft' } })
  const { runner } = admin.workspace
  runner.define('fails', { title: 'Fails', run: () => Promise.reject(new Error('as it should')) })
  const { job_id } = runner.submit('fails', {})
  await runner.wait(job_id).catch(() => undefined)
})
afterAll(() => admin.close())

const template = {
  template_id: 'cells',
  name: 'Cells',
  pack: 'zerosigma',
  horizon: '0dte',
  cadence: 'hourly',
}

/** One good request for each operation, in an order in which each works. */
const samples: Record<string, [how: string, body?: object]> = {
  listAdminJobs: ['GET /admin/jobs?status=failed&kind=fails'],
  retryAdminJob: ['POST /admin/jobs/1/retry'],
  cancelAdminJob: ['POST /admin/jobs/1/cancel'],
  getQuotas: ['GET /admin/quotas'],
  updateQuotas: ['PATCH /admin/quotas', { limits: { max_queue: 50 } }],
  listRiskProfiles: ['GET /admin/risk-profiles?pack_id=zerosigma'],
  updateRiskProfile: [
    'PATCH /admin/risk-profiles',
    { pack_id: 'zerosigma', profile: 'balanced', risk_budget: { min_trades: 7 } },
  ],
  checkRiskProfile: [
    'POST /admin/risk-profiles/check',
    { pack_id: 'zerosigma', profile: 'balanced', risk_budget: { min_trades: 8 } },
  ],
  listFlags: ['GET /admin/flags'],
  updateFlag: ['PATCH /admin/flags', { key: 'sample_data', enabled: true }],
  listAdminPacks: ['GET /admin/packs'],
  listAdminIndicatorSets: ['GET /admin/indicator_sets?pack=zerosigma'],
  listAdminTemplates: ['GET /admin/templates'],
  createTemplate: ['POST /admin/templates', { template }],
  updateTemplate: ['PATCH /admin/templates/cells', { template: { name: 'Renamed' } }],
  checkTemplate: ['POST /admin/templates/cells/check', { pack: 'zerosigma', text: 'name: x' }],
  publishTemplate: ['POST /admin/templates/cells/publish', {}],
  discardTemplate: ['DELETE /admin/templates/0dte_hourly_options'],
  listUsers: ['GET /admin/users'],
  createUser: ['POST /admin/users', { email: 'new@example.org', role: 'viewer' }],
  updateUser: ['PATCH /admin/users/4', { role: 'viewer' }],
  rotateUserToken: ['POST /admin/users/4/rotate_token'],
  getAdminHealth: ['GET /admin/health'],
  listAdminAudit: ['GET /admin/audit'],
}

const operations = Object.entries<Endpoint>(contract).filter(([, { path }]) => path.startsWith('/admin'))

it('knows a request for every admin operation', () => {
  expect(Object.keys(samples).toSorted()).toEqual(operations.map(([id]) => id).toSorted())
})

it('declares role admin for all of them, and for the restore of a backup', () => {
  const declared = Object.entries<Endpoint>(contract).filter(([, { role }]) => role === 'admin')
  const expected = [...operations.map(([id]) => id), 'prepareRestore']
  expect(declared.map(([id]) => id).toSorted()).toEqual(expected.toSorted())
})

describe.each(Object.entries(samples))('%s', (id, [how, body]) => {
  it.each([
    ['nobody', null, 401, 'UNAUTHORIZED'],
    ['a stranger', 'f'.repeat(64), 401, 'UNAUTHORIZED'],
    ['a viewer', tokens.viewer, 403, 'FORBIDDEN'],
    ['a trader', tokens.trader, 403, 'FORBIDDEN'],
  ])('refuses %s', async (_, token, status, code) => {
    const reply = await admin.ask(how, body, token)
    expect([reply.status, reply.body.error.code]).toEqual([status, code])
  })

  it('serves an admin as the contract says', async () => {
    const reply = await admin.ask(how, body)
    expect([reply.status, reply.body.error]).toEqual([200, undefined])
    const { required = [] } = contract[id as keyof typeof contract].reply as { required?: string[] }
    expect(Object.keys(reply.body)).toEqual(expect.arrayContaining(required))
  })
})

it('refuses what the contract does not know', async () => {
  for (const [how, body] of [
    ['PATCH /admin/quotas', { limits: { max_fun: 1 } }],
    ['PATCH /admin/quotas', { limits: { max_queue: 0 } }],
    ['PATCH /admin/flags', { key: 'no_such_flag', enabled: true }],
    ['PATCH /admin/users/2', { role: 'emperor' }],
    ['POST /admin/users', { email: 'no address', role: 'viewer' }],
    ['PATCH /admin/templates/cells', { template: { colour: 'red' } }],
    ['GET /admin/jobs?limit=201', undefined],
  ] as const) {
    const reply = await admin.ask(how, body)
    expect([how, reply.status, reply.body.error?.code]).toEqual([how, 400, 'INVALID_PARAM'])
  }
})
