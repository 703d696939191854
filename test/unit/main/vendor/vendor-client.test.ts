import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVendorClient, type VendorClient } from '#main/vendor/vendor-client.ts'
import { readVendorSettings } from '#main/vendor/vendor-settings.ts'
import { sessionOfDate } from '#shared/calendar/sessions.ts'
import { fiveMinuteBars } from '#test/stand-in-market.ts'
import { type StandInVendor, startStandInVendor } from '#test/stand-in-vendor.ts'

const never = new AbortController().signal
const november = { multiplier: 5, timespan: 'minute', from: '2024-11-25', to: '2024-11-27' } as const
const spy = /^\/v2\/aggs\/ticker\/SPY/

let vendor: StandInVendor
let client: VendorClient
beforeEach(async () => {
  vendor = await startStandInVendor({ pageSize: 100 })
  client = clientWith({})
})
afterEach(() => vendor.close())

function clientWith(options: Parameters<typeof createVendorClient>[1], key = vendor.key): VendorClient {
  const settings = { key, origin: vendor.url, perMinute: Number.POSITIVE_INFINITY }
  return createVendorClient(settings, { backoffMs: 2, timeoutMs: 5000, ...options })
}

const bars = (signal = never, own = client) => own.aggregates('SPY', november, signal)

describe('a vendor client', () => {
  it('fetches a list to its last page, with the key in a header only', async () => {
    const sent = await bars()
    const first = sessionOfDate('2024-11-25')
    const all = [0, 1, 2].flatMap((day) => fiveMinuteBars('SPY', first + day))
    expect(new Set(sent.map(({ t }) => t))).toEqual(new Set(all.map(({ t }) => t)))
    expect(vendor.requests).toHaveLength(Math.ceil(sent.length / 100))
    expect(vendor.requests.length).toBeGreaterThan(2)
    expect(vendor.requests.join()).not.toContain(vendor.key)
    expect(new Set(vendor.keys)).toEqual(new Set([`Bearer ${vendor.key}`]))
  })

  it('takes a reply without results as an empty list', async () => {
    expect(await client.splits('SPY', never)).toEqual([])
  })

  it.each([
    ['a 500', { status: 500 }],
    ['a 503', { status: 503, body: 'not json' }],
    ['a truncated reply', 'truncate'],
    ['a broken connection', 'reset'],
  ] as const)('tries again after %s', async (_, reply) => {
    vendor.fail({ path: spy, times: 2, reply })
    expect((await bars()).length).toBeGreaterThan(200)
  })

  it('waits as long as a 429 asks for, and holds all other requests too', async () => {
    vendor.fail({ path: spy, reply: { status: 429, headers: { 'retry-after': '1' } } })
    const start = performance.now()
    const other = bars().then(() => performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await client.splits('SPY', never)
    expect(performance.now() - start).toBeGreaterThan(950)
    expect(await other).toBeGreaterThan(950)
  })

  it('gives up at last, and says so', async () => {
    vendor.fail({
      path: spy,
      times: 100,
      reply: { status: 500, body: { status: 'ERROR', error: 'on fire' } },
    })
    await expect(bars()).rejects.toThrow(/the vendor failed \(500\) at \/v2\/aggs\/ticker\/SPY.*on fire/)
    expect(vendor.requests).toHaveLength(6)
    vendor.fail({ path: /dividends/, times: 100, reply: { status: 429 } })
    await expect(client.dividends('SPY', never)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' })
  })

  it('does not wait out a pause of an hour', async () => {
    vendor.fail({ path: spy, reply: { status: 429, headers: { 'retry-after': '3600' } } })
    await expect(bars()).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' })
    expect(vendor.requests).toHaveLength(1)
  })

  it.each([
    [403, 'NOT_AUTHORIZED', 'NO_DATA', /plan does not include this data \(403\).*upgrade your plan/],
    [404, 'NOT_FOUND', 'NO_DATA', /knows nothing \(404\)/],
  ])('does not ask again after a %i', async (status, name, code, message) => {
    const body = { status: name, message: 'You are not entitled to this data. Please upgrade your plan' }
    vendor.fail({ path: spy, times: 5, reply: { status, body } })
    const failure = await bars().catch((error: unknown) => error)
    expect(failure).toMatchObject({ code })
    expect((failure as Error).message).toMatch(message)
    expect(vendor.requests).toHaveLength(1)
  })

  it('strikes the key out of what the vendor says', async () => {
    const secret = 'canary-key-5f1e77'
    vendor.fail({ path: spy, reply: { status: 401, body: { error: `Unknown API Key ${secret}` } } })
    const failure = (await bars(never, clientWith({}, secret)).catch((error: unknown) => error)) as Error
    expect(failure.message).toMatch(/POLYGON_API_KEY was refused \(401\).*Unknown API Key \*\*\*/)
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(secret)
  })

  it.each([
    [{ results: [{ t: 1, o: 1, h: 1, l: 1 }] }, /results\.0 .*\bc\b/],
    [{ results: [{ t: 1, o: 'x', h: 1, l: 1, c: 1 }] }, /results\.0\.o must be number/],
    [{ results: 7 }, /results/],
    [[], /the body/],
    [{ status: 'ERROR' }, /status ERROR/],
  ])('names the field of a reply that is not as documented: %j', async (body, message) => {
    vendor.fail({ path: spy, reply: { status: 200, body } })
    await expect(bars()).rejects.toThrow(message)
  })

  it.each(['https://evil.example/v2/next?cursor=1', 'http://127.0.0.1:1/next', 'http://['])(
    'does not follow next_url to %s',
    async (next_url) => {
      vendor.fail({ path: spy, reply: { status: 200, body: { status: 'OK', results: [], next_url } } })
      await expect(bars()).rejects.toThrow(/next_url of .* it was not followed/)
    },
  )

  it('does not follow a redirect', async () => {
    vendor.fail({ path: spy, reply: { status: 302, headers: { location: 'https://evil.example/' } } })
    await expect(bars()).rejects.toThrow(/answered 302/)
  })

  it('notices pages that lead back to one another', async () => {
    const next_url = `${vendor.url}/v2/aggs/ticker/SPY/again`
    vendor.fail({ path: spy, times: 50, reply: { status: 200, body: { status: 'OK', next_url } } })
    await expect(bars()).rejects.toThrow(/lead back to one another/)
    expect(vendor.requests).toHaveLength(2)
  })

  it('stops at once when aborted, waiting or under way', async () => {
    vendor.fail({ path: spy, times: 10, reply: 'hang' })
    const stop = new AbortController()
    const hanging = bars(stop.signal)
    setTimeout(() => stop.abort(), 50)
    const start = performance.now()
    await expect(hanging).rejects.toMatchObject({ code: 'CANCELED' })
    expect(performance.now() - start).toBeLessThan(1000)
    await expect(bars(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELED' })
  })

  it('gives a silent vendor its time and no more', async () => {
    vendor.fail({ path: spy, times: 10, reply: 'hang' })
    await expect(bars(never, clientWith({ timeoutMs: 20 }))).rejects.toThrow(
      /did not answer .* within 0.02 s/,
    )
  })
})

describe('readVendorSettings', () => {
  const env = { POLYGON_API_KEY: '0123456789abcdef' }
  it('has the free plan and the vendor’s address unless told otherwise', () => {
    expect(readVendorSettings(env)).toEqual({
      key: env.POLYGON_API_KEY,
      origin: 'https://api.polygon.io',
      perMinute: 5,
    })
    expect(readVendorSettings({ ...env, POLYGON_REQUESTS_PER_MINUTE: '0' }).perMinute).toBe(Infinity)
  })

  it.each([
    [{}, /POLYGON_API_KEY is not set/],
    [{ POLYGON_API_KEY: 'short' }, /POLYGON_API_KEY must be/],
    [{ POLYGON_API_KEY: 'with a\nline break' }, /POLYGON_API_KEY must be/],
    [{ ...env, POLYGON_BASE_URL: 'http://api.polygon.io' }, /POLYGON_BASE_URL must be an https address/],
    [{ ...env, POLYGON_BASE_URL: 'https://a@b.example' }, /POLYGON_BASE_URL/],
    [{ ...env, POLYGON_BASE_URL: 'https://b.example/v2' }, /POLYGON_BASE_URL/],
    [{ ...env, POLYGON_BASE_URL: 'nonsense' }, /POLYGON_BASE_URL/],
    [{ ...env, POLYGON_REQUESTS_PER_MINUTE: '-1' }, /POLYGON_REQUESTS_PER_MINUTE/],
  ])('refuses %j', (given, message) => {
    expect(() => readVendorSettings(given)).toThrow(message)
  })
})
