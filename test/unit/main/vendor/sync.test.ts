import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requireOwnSeries, runSync } from '#main/vendor/sync.ts'
import type { SyncRequest } from '#main/vendor/sync-run.ts'
import { createVendorClient } from '#main/vendor/vendor-client.ts'
import { newYorkMinute } from '#shared/calendar/new-york.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import { closeOf, dailyBar, regularBars } from '#test/stand-in-market.ts'
import { type StandInVendor, startStandInVendor } from '#test/stand-in-vendor.ts'
import { openTestWorkspace, risingDays, type TestWorkspace } from '#test/test-workspace.ts'

let vendor: StandInVendor
let workspace: TestWorkspace
beforeEach(async () => {
  vendor = await startStandInVendor()
  workspace = await openTestWorkspace()
})
afterEach(async () => {
  await vendor.close()
  await workspace.close()
})

const base: SyncRequest = {
  tickers: ['SPY'],
  cadence: '5m',
  start: '2024-11-25',
  end: '2024-11-26',
  kinds: ['bars'],
  distance: 1,
  replace: false,
}

/** One sync as a new process would do it. */
function sync(changes: Partial<SyncRequest> = {}, at = '2025-01-15T12:00:00Z', stop = new AbortController()) {
  const settings = { key: vendor.key, origin: vendor.url, perMinute: Number.POSITIVE_INFINITY }
  const client = createVendorClient(settings, { backoffMs: 1 })
  const notes: string[] = []
  const result = runSync(
    { client, lake: workspace.lake, store: workspace.ledger.sync },
    { ...base, ...changes },
    Date.parse(at),
    {
      signal: stop.signal,
      report: ({ done, total, note }) => void notes.push(`${done}/${total} ${note}`),
      checkpoint: () => {
        if (stop.signal.aborted) throw new SigmaError('CANCELED', 'canceled')
      },
    },
  )
  return Object.assign(result, { notes })
}

const pathsOf = (requests: readonly string[]) => requests.map((each) => new URL(each, vendor.url).pathname)

describe('runSync', () => {
  it('keeps regular hours on both sides of a change of clocks, to the exact bars of the vendor', async () => {
    await sync({ start: '2024-10-31', end: '2024-11-05' })
    const bars = await workspace.lake.bars('SPY', '5m')
    const first = sessionOfDate('2024-10-31')
    const sent = [0, 1, 2, 3].flatMap((day) => regularBars('SPY', first + day))
    expect(Array.from(bars.openTs)).toEqual(sent.map(({ t }) => t))
    expect(Array.from(bars.close)).toEqual(sent.map(({ c }) => c))
    expect(Array.from(bars.volume)).toEqual(sent.map(({ v }) => v))
    expect(Array.from(bars.vwap)).toEqual(sent.map(({ vw }) => vw ?? Number.NaN))
    expect(bars.vwap.some(Number.isNaN)).toBe(true)
    expect(new Date(sessionOpen[first + 1]!).toISOString()).toBe('2024-11-01T13:30:00.000Z')
    expect(new Date(sessionOpen[first + 2]!).toISOString()).toBe('2024-11-04T14:30:00.000Z')
    const minutes = Array.from(bars.openTs, newYorkMinute)
    expect(Math.min(...minutes)).toBe(570)
    expect(Math.max(...minutes)).toBe(955)
  })

  it('dates daily bars and index levels by their session', async () => {
    await sync({ cadence: 'daily', kinds: ['bars', 'index'], start: '2024-11-01', end: '2024-11-29' })
    const bars = await workspace.lake.bars('SPY', 'daily')
    const first = sessionOfDate('2024-11-01')
    expect(Array.from(bars.session)).toEqual(Array.from({ length: 20 }, (_, i) => first + i))
    expect(bars.close[19]).toBe(closeOf('SPY', first + 19))
    expect(bars.ts[19]).toBe(sessionClose[first + 19])
    const levels = await workspace.lake.indexLevels()
    expect(levels.vix9d[3]).toBe(dailyBar('I:VIX9D', first + 3).c)
    expect(levels.length).toBe(20)
    expect(pathsOf(vendor.requests).filter((path) => path.includes('SPY'))).toHaveLength(1)
  })

  it('goes on where it was stopped, and asks for nothing twice', async () => {
    const changes = {
      ...base,
      kinds: ['bars', 'index', 'options'],
      distance: 4,
      start: '2024-11-22',
    } satisfies SyncRequest
    const underWay = new Set<string>()
    for (const count of [3, 7, 20, 33, 45]) {
      const stop = new AbortController()
      const stopped = sync(changes, undefined, stop).catch((error: SigmaError) =>
        expect(error.code).toBe('CANCELED'),
      )
      while (vendor.requests.length < count) await new Promise((resolve) => setImmediate(resolve))
      stop.abort()
      // No more than four are under way at once; these were asked for and never answered.
      for (const each of vendor.requests.slice(-4)) underWay.add(each)
      await stopped
    }
    await sync(changes)
    const repeated = vendor.requests.filter((each, i) => vendor.requests.indexOf(each) !== i)
    expect(repeated.length).toBeGreaterThan(0)
    expect(repeated.filter((each) => !underWay.has(each))).toEqual([])
    const done = vendor.requests.length
    await sync(changes)
    expect(vendor.requests).toHaveLength(done)
  })

  it('finds after a crash between lake and ledger what it had fetched', async () => {
    const { lake } = workspace
    const write = lake.writeBars
    lake.writeBars = async (...parameters) => {
      await write(...parameters)
      throw new Error('power is gone')
    }
    await expect(sync()).rejects.toThrow('power is gone')
    lake.writeBars = write
    const before = vendor.requests.length
    await sync()
    expect(vendor.requests.length).toBe(before)
    expect((await lake.bars('SPY', '5m')).length).toBe(156)
  })

  it('fetches all bars anew after a split', async () => {
    await sync({ start: '2024-11-20' })
    const split = { id: 's1', execution_date: '2025-02-03', split_from: 1, split_to: 2 }
    vendor.splits.set('SPY', [split])
    // Ledger times are of the real clock: this split is later than them.
    const later = { ...split, id: 's2', execution_date: '2030-02-01' }
    vendor.splits.set('SPY', [split, later])
    const before = vendor.requests.length
    await sync({}, '2030-02-04T23:00:00Z')
    const asked = pathsOf(vendor.requests.slice(before)).filter((path) => path.startsWith('/v2'))
    expect(asked).toEqual(['/v2/aggs/ticker/SPY/range/5/minute/2024-11-20/2024-11-26'])
    expect(workspace.ledger.sync.actions('SPY').map(({ kind, date }) => [kind, date])).toEqual([
      ['dividend', '2024-09-20'],
      ['split', '2025-02-03'],
      ['split', '2030-02-01'],
    ])
  })

  it('replaces nothing after a split when the vendor no longer has all of the past', async () => {
    await sync({ start: '2024-11-20' })
    const before = await workspace.lake.bars('SPY', '5m')
    vendor.splits.set('SPY', [{ id: 's', execution_date: '2030-02-01', split_from: 1, split_to: 2 }])
    const results = regularBars('SPY', sessionOfDate('2024-11-26'))
    vendor.fail({ path: /aggs/, reply: { status: 200, body: { status: 'OK', results } } })
    await expect(sync({}, '2030-02-04T23:00:00Z')).rejects.toThrow(/after a split of SPY .* 4 sessions/)
    expect(await workspace.lake.bars('SPY', '5m')).toEqual(before)
  })

  it('leaves out options of before a split, whose strikes are not adjusted', async () => {
    vendor.splits.set('SPY', [{ id: 's1', execution_date: '2024-11-26', split_from: 1, split_to: 2 }])
    const { warnings } = await sync({ kinds: ['bars', 'options'] })
    expect(warnings.join()).toMatch(
      /options of SPY before its split of 2024-11-26 were left out \(1 sessions\)/,
    )
    const { session } = await workspace.lake.optionMinutes('SPY')
    expect([...new Set(session)]).toEqual([sessionOfDate('2024-11-26')])
  })

  it('stores nothing of a session in which a minute has no price', async () => {
    const bar = { t: sessionOpen[sessionOfDate('2024-11-25')]!, o: 1, h: 2, l: 1, c: 1, v: 5, n: 2 }
    vendor.fail({ path: /O:SPY241125/, reply: { status: 200, body: { status: 'OK', results: [bar] } } })
    const { warnings } = await sync({ kinds: ['bars', 'options'] })
    expect(warnings.join()).toMatch(/options of SPY on 2024-11-25: .*has no volume-weighted price \(vw\)/)
    const { session } = await workspace.lake.optionMinutes('SPY')
    expect([...new Set(session)]).toEqual([sessionOfDate('2024-11-26')])
  })

  it('leaves out bars with impossible prices, and says how many', async () => {
    const t = sessionOpen[sessionOfDate('2024-11-25')]!
    const results = [
      { t, o: 10, h: 9, l: 8, c: 9, v: 1 },
      { t: t + 300_000, o: 10, h: 11, l: 9, c: 10, v: 1 },
    ]
    vendor.fail({ path: /SPY/, reply: { status: 200, body: { status: 'OK', results } } })
    const { warnings } = await sync({ end: '2024-11-25' })
    expect(warnings).toEqual(['1 5m bars of SPY had impossible prices and were left out'])
    expect((await workspace.lake.bars('SPY', '5m')).length).toBe(1)
  })

  it('asks again for a session that has no bars yet, and never for one that has not settled', async () => {
    vendor.fail({ path: /SPY/, reply: { status: 200, body: { status: 'OK' } } })
    const { warnings } = await sync({ start: '2024-11-26' }, '2024-11-26T23:00:00Z')
    expect(warnings).toEqual(['the vendor has no 5m bars of SPY yet for 1 sessions'])
    await sync({ start: '2024-11-26' }, '2024-11-26T23:30:00Z')
    expect((await workspace.lake.bars('SPY', '5m')).length).toBe(78)
    const before = vendor.requests.length
    const early = await sync({ start: '2024-11-27', end: '2024-11-27' }, '2024-11-27T21:30:00Z')
    expect(early.warnings.join()).toMatch(/less than an hour ago/)
    expect(pathsOf(vendor.requests.slice(before)).filter((path) => path.startsWith('/v2'))).toEqual([])
  })

  it('says in its progress what is under way and how the queue stands', async () => {
    const run = sync()
    await run
    expect(run.notes.at(-1)).toMatch(/^3\/3 SPY 5m bars 2024-11-25 to 2024-11-26 · no limit, 0 waiting$/)
  })
})

describe('requireOwnSeries', () => {
  it('does not let a sync mix with a series from elsewhere, unless asked to replace it', async () => {
    await workspace.lake.writeBars('daily', 'SPY', risingDays('2024-11-20', 4), 'simulated:v1')
    const request: SyncRequest = { ...base, cadence: 'daily' }
    await expect(requireOwnSeries(workspace.lake, request)).rejects.toThrow(
      /SPY daily bars in the lake comes from simulated:v1: set replace/,
    )
    await expect(requireOwnSeries(workspace.lake, { ...request, cadence: '5m' })).rejects.toThrow(
      'simulated:v1',
    )
    await requireOwnSeries(workspace.lake, { ...request, tickers: ['AAPL'], cadence: '5m' })
    await requireOwnSeries(workspace.lake, { ...request, replace: true })
    await sync({ cadence: 'daily', replace: true })
    const [row] = await workspace.lake.catalog()
    expect(row).toMatchObject({ source: 'polygon', rows: 2 })
  })
})
