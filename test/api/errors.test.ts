import { afterEach, describe, expect, it } from 'vitest'
import { SigmaError } from '#shared/errors.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'

let running: TestServer | undefined
afterEach(() => running?.server.close())

async function start(...options: Parameters<typeof buildTestServer>): Promise<TestServer['server']> {
  running = await buildTestServer(...options)
  return running.server
}

const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  ({ method: 'POST', url, headers, payload: payload as object }) as const

describe('errors', () => {
  it('says what a field holds, what is allowed, and what was probably meant', async () => {
    const server = await start()
    const reply = await server.inject(post('/backtest', { model_id: 'x', calibration: 'sigmoyd' }))
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toEqual({
      ok: false,
      error: {
        code: 'INVALID_PARAM',
        message: 'calibration is "sigmoyd"; expected one of none, sigmoid, isotonic (did you mean sigmoid?)',
        details: { field: 'calibration', value: 'sigmoyd', allowed: ['none', 'sigmoid', 'isotonic'] },
      },
    })
  })

  it('lists literals of a union as what is allowed', async () => {
    const server = await start()
    const body = { model_id: 'x', risk_profile: 'yolo', sweep: { threshold_variants: ['0.5'] } }
    const reply = await server.inject(post('/sweeps/run', body))
    expect(reply.statusCode).toBe(400)
    expect(reply.json().error.message).toContain(
      'risk_profile is "yolo"; expected one of conservative, balanced, aggressive',
    )
  })

  it('names an unknown field, inside of a nested body too', async () => {
    const server = await start()
    const top = await server.inject(post('/backtest', { model_id: 'x', treshold: 1 }))
    expect(top.json().error.message).toBe('treshold is not a field of the body (did you mean thresholds?)')
    const body = { model_id: 'x', risk_profile: 'balanced', sweep: { split: 3 } }
    const nested = await server.inject(post('/sweeps/run', body))
    expect(nested.json().error.message).toBe('sweep.split is not a field of sweep (did you mean splits?)')
  })

  it('names a missing field', async () => {
    const server = await start()
    const reply = await server.inject(post('/train', {}))
    expect(reply.statusCode).toBe(400)
    expect(reply.json().error).toMatchObject({
      code: 'INVALID_PARAM',
      message: 'model_id is missing from the body',
    })
  })

  it('does not turn text into numbers in bodies', async () => {
    const server = await start()
    const reply = await server.inject(post('/backtest', { model_id: 'x', splits: '5' }))
    expect(reply.statusCode).toBe(400)
    expect(reply.json().error.message).toContain('splits is "5"; expected an integer')
  })

  it.each([
    ['/leaderboard?limit=201', 'limit is 201; expected an integer at least 1 at most 200'],
    ['/leaderboard?limit=abc', 'limit is "abc"'],
    ['/leaderboard?limit=', 'limit is ""'],
    ['/leaderboard?limit=1&limit=2', 'limit is ["1","2"]'],
    ['/leaderboard?order_by=luck', 'order_by is "luck"'],
    ['/leaderboard?pass_gate=maybe', 'pass_gate is "maybe"; expected a boolean'],
    ['/leaderboard?packid=x', 'packid is not a field of the query (did you mean pack_id?)'],
    ['/sweeps/abc', 'sweep_id is "abc"'],
    ['/packs/NOT%20A%20PACK', 'pack_id is "NOT A PACK"'],
  ])('refuses GET %s', async (url, message) => {
    const server = await start()
    const reply = await server.inject(url)
    expect(reply.statusCode).toBe(400)
    expect(reply.json().error.code).toBe('INVALID_PARAM')
    expect(reply.json().error.message).toContain(message)
  })

  it('gives handlers numbers, booleans and defaults from a query', async () => {
    let seen: unknown
    const leaderboard = async (query: unknown) => {
      seen = query
      return { rows: [], total: 0, limit: 1, offset: 0, next_offset: 0, order_by: 'sharpe', tag: null }
    }
    const server = await start({ backtests: { leaderboard } })
    const reply = await server.inject('/leaderboard?pass_gate=true&limit=10&sweep_id=7&tag=1')
    expect(reply.statusCode).toBe(200)
    expect(seen).toEqual({
      pass_gate: true,
      limit: 10,
      offset: 0,
      order_by: 'sharpe',
      sweep_id: '7',
      tag: '1',
      verdicts: false,
    })
  })

  it.each([
    ['broken JSON', '{"model_id":', 'application/json', 400, 'INVALID_PARAM'],
    ['an empty body', '', 'application/json', 400, 'INVALID_PARAM'],
    ['a list as body', '[]', 'application/json', 400, 'INVALID_PARAM'],
    ['a prototype key', '{"__proto__":{"a":1},"model_id":"x"}', 'application/json', 400, 'INVALID_PARAM'],
    ['text', '{"model_id":"x"}', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form', 'model_id=x', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a multipart form', 'x', 'multipart/form-data; boundary=x', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('refuses %s', async (_, payload, type, status, code) => {
    const server = await start()
    const reply = await server.inject({
      method: 'POST',
      url: '/backtest',
      payload,
      headers: { 'content-type': type },
    })
    expect(reply.statusCode).toBe(status)
    expect(reply.json()).toMatchObject({ ok: false, error: { code } })
  })

  it('takes an empty body where none is wanted', async () => {
    const server = await start({ jobs: { cancel: async () => ({ job: {} }) as never } })
    const headers = { 'content-type': 'application/json' }
    const reply = await server.inject({ method: 'POST', url: '/jobs/1/cancel', payload: '', headers })
    expect(reply.statusCode).toBe(200)
  })

  it('refuses a body over 1 MiB', async () => {
    const server = await start()
    const reply = await server.inject(post('/backtest', { model_id: 'x'.repeat(1024 * 1024) }))
    expect(reply.statusCode).toBe(413)
    expect(reply.json().error.code).toBe('PAYLOAD_TOO_LARGE')
  })

  it.each([
    ['GET', '/no/such/route', 'there is no GET /no/such/route'],
    ['GET', '/leaderbord', 'there is no GET /leaderbord (did you mean /leaderboard?)'],
    ['DELETE', '/packs', '/packs answers GET, not DELETE'],
  ] as const)('replies 404 NOT_FOUND to %s %s', async (method, url, message) => {
    const server = await start()
    const reply = await server.inject({ method, url })
    expect(reply.statusCode).toBe(404)
    expect(reply.json()).toEqual({ ok: false, error: { code: 'NOT_FOUND', message } })
  })

  it('keeps code, status and details of a SigmaError', async () => {
    const get = async () => {
      throw new SigmaError('NO_DATA', 'SPY has no bars in 1999', { details: { ticker: 'SPY' } })
    }
    const server = await start({ packs: { get } })
    const reply = await server.inject('/packs/x')
    expect(reply.statusCode).toBe(422)
    expect(reply.json()).toEqual({
      ok: false,
      error: { code: 'NO_DATA', message: 'SPY has no bars in 1999', details: { ticker: 'SPY' } },
    })
  })

  it('masks the unforeseen and logs it', async () => {
    const get = async () => {
      throw new Error('secret detail')
    }
    const server = await start({ packs: { get } })
    const reply = await server.inject('/packs/x')
    expect(reply.statusCode).toBe(500)
    expect(reply.json().error.code).toBe('INTERNAL')
    expect(reply.body).not.toContain('secret')
    expect(running?.log.join()).toMatch(/GET \/packs\/x failed: Error: secret detail/)
  })

  it('writes missing numbers as null and keeps fields that the schema does not know', async () => {
    const get = async () => ({ pack: { id: 'x', a: Number.NaN, b: Number.POSITIVE_INFINITY } }) as never
    const server = await start({ packs: { get } })
    const reply = await server.inject('/packs/x')
    expect(reply.json()).toEqual({ ok: true, pack: { id: 'x', a: null, b: null } })
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
  })
})
