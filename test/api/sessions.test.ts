import { afterEach, beforeEach, expect, it } from 'vitest'
import { buildTestServer, type TestServer, tokens } from '#test/test-server.ts'

let running: TestServer
beforeEach(async () => {
  running = await buildTestServer({ admin: { users: { list: async () => ({ users: [] }) } as never } })
})
afterEach(() => running.server.close())

/** As a page of the host asks. */
const browser = { 'sec-fetch-site': 'same-origin' }
const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, headers: Record<string, string> = {}) => {
  const reply = await running.server.inject({ method, url, headers: { ...browser, ...headers } })
  const cookie = String(reply.headers['set-cookie'] ?? '').split(';')
  return { status: reply.statusCode, body: reply.json(), cookie }
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

it('tells who asks: a script as whoever sits here, a token as its holder', async () => {
  const script = await running.server.inject({ method: 'GET', url: '/session' })
  expect(script.json()).toEqual({ ok: true, user_id: null, name: 'local', role: 'trader' })
  const { body } = await ask('GET', '/session', bearer(tokens.viewer))
  expect(body).toEqual({ ok: true, user_id: 3, name: 'viewer@example.org', role: 'viewer' })
})

it('signs a browser in with a token, after which its cookie stands for the holder', async () => {
  const { status, body, cookie } = await ask('POST', '/session', bearer(tokens.admin))
  expect([status, body.role]).toEqual([200, 'admin'])
  expect(cookie.slice(1).map((part) => part.trim())).toEqual(
    expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']),
  )
  const signedIn = { cookie: cookie[0]! }
  expect((await ask('GET', '/session', signedIn)).body.role).toBe('admin')
  expect((await ask('GET', '/admin/users', signedIn)).status).toBe(200)
  expect(running.audit).toMatchObject([{ user_id: 1, path: '/session', status: 200 }])
})

it('gives no cookie for a wrong token, for none, or to a page of another origin', async () => {
  for (const headers of [
    bearer('nonsense'),
    {},
    { ...bearer(tokens.admin), origin: 'http://evil.example' },
  ]) {
    const { status, cookie } = await ask('POST', '/session', headers as Record<string, string>)
    expect([401, 403]).toContain(status)
    expect(cookie).toEqual([''])
  }
  const local = running.security.sessions.cookieFor(null, 80).split(';')[0]!
  expect((await ask('POST', '/session', { cookie: local })).status).toBe(401)
})

it('signs a browser out by taking the cookie away', async () => {
  const { cookie } = await ask('POST', '/session', bearer(tokens.viewer))
  const out = await ask('DELETE', '/session', { cookie: cookie[0]! })
  expect(out.status).toBe(200)
  expect(out.cookie[0]).toMatch(/^sigma_session_\d+=$/)
  expect(out.cookie.map((part) => part.trim())).toContain('Max-Age=0')
})
