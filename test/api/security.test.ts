import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { shaOfToken } from '#main/services/accounts.ts'
import { buildTestServer, type TestServer, tokens } from '#test/test-server.ts'

const services = {
  packs: { list: async () => ({ packs: [] }) },
  selections: { create: async () => ({ selection_id: '1' }) },
  admin: { users: { list: async () => ({ users: [] }) } as never },
}
const own = 'http://localhost:80'
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

let running: TestServer | undefined
afterEach(() => running?.server.close())

type Options = Parameters<typeof buildTestServer>[1]
type Headers = Record<string, string>

async function start(options: Options = {}): Promise<TestServer> {
  running = await buildTestServer(services, options)
  return running
}

async function ask({ server }: TestServer, how: string, headers: Headers = {}): Promise<[number, string]> {
  const [method, url] = how.split(' ') as ['GET', string]
  const payload = method === ('POST' as string) ? { items: [] } : undefined
  const reply = await server.inject({ method, url, headers, ...(payload && { payload }) })
  const type = String(reply.headers['content-type'])
  return [
    reply.statusCode,
    type.includes('json') && reply.body !== '' ? (reply.json().error?.code ?? 'ok') : 'page',
  ]
}

function cookieOf({ security }: TestServer, userId: number | null): Headers {
  return { cookie: security.sessions.cookieFor(userId, 80).split(';')[0] ?? '' }
}

const read = 'GET /packs'
const write = 'POST /selections'
const admin = 'GET /admin/users'

describe('the door in mode local', () => {
  const script: [who: string, headers: Headers, read: string, write: string, admin: string][] = [
    ['a script without token', {}, '200 ok', '200 ok', '401 UNAUTHORIZED'],
    ['a script as admin', bearer(tokens.admin), '200 ok', '200 ok', '200 ok'],
    ['a script as trader', bearer(tokens.trader), '200 ok', '200 ok', '403 FORBIDDEN'],
    ['a script as viewer', bearer(tokens.viewer), '200 ok', '403 FORBIDDEN', '403 FORBIDDEN'],
    ['a wrong token', bearer('nobody'), '401 UNAUTHORIZED', '401 UNAUTHORIZED', '401 UNAUTHORIZED'],
    [
      'no bearer token',
      { authorization: 'Basic YTpi' },
      '401 UNAUTHORIZED',
      '401 UNAUTHORIZED',
      '401 UNAUTHORIZED',
    ],
    ['a page without cookie', { origin: own }, '401 UNAUTHORIZED', '401 UNAUTHORIZED', '401 UNAUTHORIZED'],
    [
      'a page that only says same-origin',
      { 'sec-fetch-site': 'same-origin' },
      '401 UNAUTHORIZED',
      '401 UNAUTHORIZED',
      '401 UNAUTHORIZED',
    ],
    [
      'the address bar without cookie',
      { 'sec-fetch-site': 'none' },
      '401 UNAUTHORIZED',
      '401 UNAUTHORIZED',
      '401 UNAUTHORIZED',
    ],
    [
      'our page with a token',
      { origin: own, 'sec-fetch-site': 'same-origin', ...bearer(tokens.trader) },
      '200 ok',
      '200 ok',
      '403 FORBIDDEN',
    ],
    [
      'a foreign page',
      { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' },
      '403 FORBIDDEN',
      '403 FORBIDDEN',
      '403 FORBIDDEN',
    ],
    [
      'a foreign page with a token',
      { origin: 'http://evil.example', ...bearer(tokens.admin) },
      '403 FORBIDDEN',
      '403 FORBIDDEN',
      '403 FORBIDDEN',
    ],
    [
      'an image on a foreign page',
      { 'sec-fetch-site': 'cross-site' },
      '403 FORBIDDEN',
      '403 FORBIDDEN',
      '403 FORBIDDEN',
    ],
    [
      'a page on another port',
      { origin: 'http://localhost:9999', 'sec-fetch-site': 'same-site' },
      '403 FORBIDDEN',
      '403 FORBIDDEN',
      '403 FORBIDDEN',
    ],
    ['a sandboxed page', { origin: 'null' }, '403 FORBIDDEN', '403 FORBIDDEN', '403 FORBIDDEN'],
    ['our other name', { origin: 'http://127.0.0.1:80' }, '403 FORBIDDEN', '403 FORBIDDEN', '403 FORBIDDEN'],
  ]
  it.each(script)('meets %s', async (_, headers, ...expected) => {
    const test = await start()
    const seen = []
    for (const how of [read, write, admin]) seen.push((await ask(test, how, headers)).join(' '))
    expect(seen).toEqual(expected)
  })

  const cookies: [
    who: string,
    userId: number | null,
    headers: Headers,
    read: string,
    write: string,
    admin: string,
  ][] = [
    ['our page, signed in on this machine', null, { origin: own }, '200 ok', '200 ok', '401 UNAUTHORIZED'],
    [
      'our page, signed in as admin',
      1,
      { origin: own, 'sec-fetch-site': 'same-origin' },
      '200 ok',
      '200 ok',
      '200 ok',
    ],
    [
      'our page, signed in as viewer',
      3,
      { 'sec-fetch-site': 'same-origin' },
      '200 ok',
      '403 FORBIDDEN',
      '403 FORBIDDEN',
    ],
    [
      'a foreign page that carries our cookie',
      1,
      { origin: 'http://evil.example' },
      '403 FORBIDDEN',
      '403 FORBIDDEN',
      '403 FORBIDDEN',
    ],
    [
      'another port that carries our cookie',
      1,
      { 'sec-fetch-site': 'same-site' },
      '403 FORBIDDEN',
      '403 FORBIDDEN',
      '403 FORBIDDEN',
    ],
  ]
  it.each(cookies)('meets %s', async (_, userId, headers, ...expected) => {
    const test = await start()
    const seen = []
    for (const how of [read, write, admin]) {
      seen.push((await ask(test, how, { ...headers, ...cookieOf(test, userId) })).join(' '))
    }
    expect(seen).toEqual(expected)
  })

  it('demands a token for admin paths that do not exist, however they are spelled', async () => {
    const test = await start()
    for (const path of ['/admin', '/admin/', '/admin/nope', '/admin?x=1']) {
      expect(await ask(test, `GET ${path}`)).toEqual([401, 'UNAUTHORIZED'])
    }
  })
})

describe('the door in mode always', () => {
  const rows: [who: string, headers: Headers, read: string, write: string][] = [
    ['a script without token', {}, '401 UNAUTHORIZED', '401 UNAUTHORIZED'],
    ['a script as trader', bearer(tokens.trader), '200 ok', '200 ok'],
    ['a script as viewer', bearer(tokens.viewer), '200 ok', '403 FORBIDDEN'],
  ]
  it.each(rows)('meets %s', async (_, headers, ...expected) => {
    const test = await start({ auth: 'always' })
    const seen = []
    for (const how of [read, write]) seen.push((await ask(test, how, headers)).join(' '))
    expect(seen).toEqual(expected)
  })

  it('takes the cookie of an account, and not the one of this machine', async () => {
    const test = await start({ auth: 'always' })
    expect(await ask(test, read, cookieOf(test, 2))).toEqual([200, 'ok'])
    expect(await ask(test, read, cookieOf(test, null))).toEqual([401, 'UNAUTHORIZED'])
  })

  it('does not sign in whoever loads the page', async () => {
    const { server } = await start({ auth: 'always' })
    const headers = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }
    expect((await server.inject({ url: '/', headers })).headers['set-cookie']).toBeUndefined()
  })
})

describe('the Host header', () => {
  it.each(['localhost:80', '127.0.0.1:80', 'LOCALHOST:80', 'localhost'])('may be %s', async (host) => {
    expect(await ask(await start(), read, { host })).toEqual([200, 'ok'])
  })

  it.each([
    'evil.example',
    'evil.example:80',
    'localhost:81',
    'localhost:80:80',
    '127.0.0.1.evil.example:80',
    '0.0.0.0:80',
    '[::1]:80',
  ])('may not be %s, whatever is asked', async (host) => {
    const test = await start()
    for (const how of [
      read,
      write,
      'GET /',
      'GET /health',
      'OPTIONS /packs',
      'HEAD /',
      'DELETE /nope',
      'GET /docs',
    ]) {
      const [status] = await ask(test, how, { host, origin: `http://${host}` })
      expect(`${how} ${status}`).toBe(`${how} 403`)
    }
  })

  it('is checked for malformed addresses too', async () => {
    expect(await ask(await start(), 'GET /packs/%zz', { host: 'evil.example' })).toEqual([403, 'FORBIDDEN'])
  })

  it('cannot be gone round by a request line with a host, or by leaving it out', async () => {
    const test = await start()
    const address = await test.server.listen({ host: '127.0.0.1', port: 0 })
    const statusOf = (lines: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(Number(new URL(address).port), '127.0.0.1', () =>
          socket.write(`${lines}\r\n\r\n`),
        )
        socket.on('error', reject)
        socket.once('data', (chunk) => {
          resolve(chunk.toString().slice(9, 12))
          socket.destroy()
        })
      })
    const { host } = new URL(address)
    expect(await statusOf(`GET /packs HTTP/1.1\r\nHost: ${host}`)).toBe('200')
    expect(await statusOf(`GET http://evil.example/packs HTTP/1.1\r\nHost: ${host}`)).toBe('403')
    expect(await statusOf('GET /packs HTTP/1.1')).toBe('403')
    expect(await statusOf('GET /packs HTTP/1.0')).toBe('403')
  })

  it('may be a name that was allowed', async () => {
    const test = await start({ allowHosts: ['lab.home'] })
    expect(await ask(test, read, { host: 'lab.home' })).toEqual([200, 'ok'])
    expect(await ask(test, read, { host: 'other.home' })).toEqual([403, 'FORBIDDEN'])
  })
})

describe('signing a browser in', () => {
  const navigate = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const cookieIn = (header: unknown) => String(header).split(';')[0] ?? ''

  it('works once with the link', async () => {
    const test = await start()
    const url = test.security.sessions.openPath(1)
    const opened = await test.server.inject({ url, headers: navigate })
    expect(opened.statusCode).toBe(303)
    expect(opened.headers.location).toBe('/')
    expect(opened.headers['set-cookie']).toMatch(
      /^sigma_session_80=1\.[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    )
    const cookie = cookieIn(opened.headers['set-cookie'])
    expect(await ask(test, admin, { cookie, origin: own })).toEqual([200, 'ok'])
    expect(await ask(test, `GET ${url}`, navigate)).toEqual([401, 'UNAUTHORIZED'])
    expect((await test.server.inject({ url, headers: { ...navigate, cookie } })).statusCode).toBe(303)
  })

  it('refuses a link after an hour, and a cookie after a month', async () => {
    let time = 1e12
    const test = await start({ now: () => time })
    const url = test.security.sessions.openPath(1)
    const cookie = cookieOf(test, 1)
    time += 61 * 60 * 1000
    expect(await ask(test, `GET ${url}`)).toEqual([401, 'UNAUTHORIZED'])
    expect(await ask(test, read, { ...cookie, origin: own })).toEqual([200, 'ok'])
    time += 31 * 24 * 3600 * 1000
    expect(await ask(test, read, { ...cookie, origin: own })).toEqual([401, 'UNAUTHORIZED'])
  })

  it('gives whoever types the address on this machine what a script has, and no more', async () => {
    const test = await start()
    const page = await test.server.inject({ url: '/', headers: navigate })
    expect(page.statusCode).toBe(200)
    const cookie = cookieIn(page.headers['set-cookie'])
    expect(await ask(test, write, { cookie, origin: own })).toEqual([200, 'ok'])
    expect(await ask(test, admin, { cookie, origin: own })).toEqual([401, 'UNAUTHORIZED'])
  })

  it.each([
    {},
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'no-cors' },
  ])('gives no cookie to a page load with %o', async (headers) => {
    const { server } = await start()
    expect((await server.inject({ url: '/', headers })).headers['set-cookie']).toBeUndefined()
  })

  it('refuses cookies that were made up, changed, or made for another port', async () => {
    const test = await start()
    const { cookie = '' } = cookieOf(test, 3)
    const other = test.security.sessions.cookieFor(1, 81).split(';')[0] ?? ''
    for (const bad of [
      cookie.replace('=3.', '=1.'),
      `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`.replace('=3.', '=2.'),
      other.replace('_81', '_80'),
      'sigma_session_80=local.0.x',
      'sigma_session_80=',
      'sigma_session_80',
    ]) {
      expect(await ask(test, read, { cookie: bad, origin: own })).toEqual([401, 'UNAUTHORIZED'])
    }
  })

  it('ends token and cookie together when the token is rotated', async () => {
    const test = await start()
    const cookie = cookieOf(test, 2)
    test.ledger.users.setToken(2, shaOfToken('new-token'))
    expect(await ask(test, read, bearer(tokens.trader))).toEqual([401, 'UNAUTHORIZED'])
    expect(await ask(test, read, { ...cookie, origin: own })).toEqual([401, 'UNAUTHORIZED'])
    expect(await ask(test, read, bearer('new-token'))).toEqual([200, 'ok'])
  })
})

it('sends the security headers with every reply', async () => {
  const { server } = await start()
  for (const url of ['/', '/packs', '/nope', '/openapi.json', '/docs']) {
    const { headers } = await server.inject(url)
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  }
})
