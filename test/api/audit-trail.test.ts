import { afterEach, expect, it } from 'vitest'
import { buildTestServer, type TestServer, tokens } from '#test/test-server.ts'

let running: TestServer | undefined
afterEach(() => running?.server.close())

it('notes who changed what, refused requests too, and never what was sent', async () => {
  running = await buildTestServer({ jobs: { cancel: async () => ({ job: {} }) as never } })
  const { server, audit } = running
  const authorization = `Bearer ${tokens.trader}`
  await server.inject({ method: 'GET', url: '/health' })
  await server.inject({ method: 'POST', url: '/jobs/7/cancel?token=secret', headers: { authorization } })
  await server.inject({
    method: 'PATCH',
    url: '/models/spy_x',
    payload: { pack_id: 'zerosigma', config: { note: 'secret' }, extra: 1 },
  })
  await server.inject({
    method: 'POST',
    url: '/train',
    payload: { model_id: 'm' },
    headers: { origin: 'http://evil.example' },
  })
  await expect.poll(() => audit.length).toBe(3)
  expect(audit).toEqual([
    { user_id: 2, method: 'POST', path: '/jobs/7/cancel', status: 200, pack_id: null, model_id: null },
    {
      user_id: null,
      method: 'PATCH',
      path: '/models/spy_x',
      status: 400,
      pack_id: 'zerosigma',
      model_id: 'spy_x',
    },
    { user_id: null, method: 'POST', path: '/train', status: 403, pack_id: null, model_id: null },
  ])
})

it('lets a viewer ask what a sweep would take, and notes nothing: a POST that changes nothing is a question', async () => {
  running = await buildTestServer({ sweeps: { plan: async () => ({}) as never } })
  const { server, audit } = running
  const payload = { model_id: 'm', risk_profile: 'balanced', sweep: {} }
  const headers = { authorization: `Bearer ${tokens.viewer}` }
  const ask = (url: string) => server.inject({ method: 'POST', url, payload, headers })
  expect((await ask('/sweeps/plan')).statusCode).toBe(200)
  expect((await ask('/sweeps/run')).statusCode).toBe(403)
  await expect.poll(() => audit.map(({ path }) => path)).toEqual(['/sweeps/run'])
})

it('answers although the trail cannot be written, and logs that', async () => {
  const write = () => {
    throw new Error('disk full')
  }
  running = await buildTestServer({ jobs: { cancel: async () => ({ job: {} }) as never } }, { audit: write })
  const reply = await running.server.inject({ method: 'POST', url: '/jobs/7/cancel' })
  expect(reply.statusCode).toBe(200)
  await expect
    .poll(() => running?.log.join())
    .toContain('audit of POST /jobs/7/cancel failed: Error: disk full')
})
