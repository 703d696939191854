import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emptyBars } from '#main/lake/resample-bars.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { ChainTable } from '#shared/jobs/market-types.ts'
import { fiveMinuteBars } from '#test/bar-files.ts'
import { chainOf, type Quote, type Snapshot } from '#test/indicator-chain.ts'
import { lightServices } from '#test/light-services.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'
import { openTestWorkspace, risingDays, type TestWorkspace } from '#test/test-workspace.ts'

let workspace: TestWorkspace
let test: TestServer
beforeAll(async () => {
  workspace = await openTestWorkspace()
  test = await buildTestServer(lightServices(workspace))
})
/** Each test has a ticker of its own in the one lake. */
let ticker = ''
let tests = 0
beforeEach(() => {
  ticker = `T${++tests}`
})
afterAll(async () => {
  await test.server.close()
  await workspace.close()
})

interface Refused {
  error: { code: string; message: string }
}
async function ask<T>(path: string, status = 200): Promise<T> {
  const reply = await test.server.inject(path)
  expect(reply.statusCode, reply.body).toBe(status)
  return reply.json<T>()
}
const chain = (query: string) => ask<ReplyOf<'getChain'>>(`/data/chain?${query}`)
const coverage = (query: string) => ask<ReplyOf<'getCoverage'>>(`/data/coverage?${query}`)
const refusal = async (path: string, status: number) => (await ask<Refused>(path, status)).error

const minuteMs = 60_000
const friday = sessionOfDate('2024-03-08')
const quote = (expiryDate: string, strike: number, isCall: boolean, rest: Partial<Quote> = {}): Quote => ({
  expiry: sessionClose[sessionOfDate(expiryDate)]!,
  strike,
  isCall,
  ...rest,
})
const taken = (session: number, minute: number, quotes: Quote[], spot = 100.4): Snapshot => ({
  ts: sessionOpen[session]! + minute * minuteMs,
  session,
  spot,
  quotes,
})

async function writeChain(snapshots: Snapshot[], source = 'simulated:v1'): Promise<void> {
  const { asOf: _, ...series } = chainOf(snapshots, new Float64Array(0))
  const greek = new Float64Array(series.strike.length).fill(Number.NaN)
  const table: ChainTable = { ...series, vega: greek, theta: greek }
  await workspace.lake.writeChain(ticker, table, source)
}

const morning = taken(friday, 60, [
  quote('2024-03-08', 100, true, { bid: 1, ask: 1.2, iv: 0.2, delta: 0.55, gamma: 0.1, openInterest: 10 }),
  quote('2024-03-08', 100, false, { bid: 0.5, ask: 0.6, iv: 0.24, volume: 7 }),
  quote('2024-03-08', 101, false, { bid: 0, ask: 0.05, iv: 0 }),
  quote('2024-03-15', 100, true, { bid: 2, ask: 2.4, iv: 0.3 }),
  quote('2024-03-15', 105, true, { bid: 2, ask: 1.9, iv: 0.28 }),
])
const noon = taken(friday, 150, [quote('2024-03-15', 100, true, { iv: 0.31 })], 99)

describe('GET /data/chain', () => {
  it('lays calls and puts of every expiry on shared strikes, with null for what is missing', async () => {
    await writeChain([morning])
    const reply = await chain(`ticker=${ticker.toLowerCase()}`)
    expect(reply).toMatchObject({
      ...{ ticker, source: 'simulated:v1', simulated: true, date: '2024-03-08', spot: 100.4 },
      ...{ at: '2024-03-08T15:30:00.000Z', snapshots: ['2024-03-08T15:30:00.000Z'] },
    })
    const [today, week] = reply.expiries
    expect(today).toMatchObject({ date: '2024-03-08', kind: 'weekly', days: 0, strikes: [100, 101] })
    expect(today!.call).toEqual({
      ...{ bid: [1, null], ask: [1.2, null], mid: [1.1, null], iv: [0.2, null] },
      ...{ delta: [0.55, null], gamma: [expect.closeTo(0.1, 6), null], open_interest: [10, null] },
      volume: [null, null],
    })
    // A bid of nothing has no middle, and a volatility of 0 is none.
    expect(today!.put).toMatchObject({
      bid: [0.5, 0],
      mid: [0.55, null],
      iv: [0.24, null],
      volume: [7, null],
    })
    expect(week).toMatchObject({ date: '2024-03-15', kind: 'monthly', days: 7, strikes: [100, 105] })
    expect(week!.call.mid).toEqual([2.2, null])
  })

  it('takes the at-the-money volatility of an expiry from both sides at the strike nearest the spot', async () => {
    await writeChain([morning])
    const { expiries } = await chain(`ticker=${ticker}`)
    expect(expiries.map(({ atm_strike }) => atm_strike)).toEqual([100, 100])
    expect(expiries.map(({ atm_iv }) => atm_iv)).toEqual([expect.closeTo(0.22, 9), 0.3])
  })

  it('shows what was known at an instant and nothing later', async () => {
    await writeChain([morning, noon, taken(friday + 1, 5, noon.quotes)])
    const both = ['2024-03-08T15:30:00.000Z', '2024-03-08T17:00:00.000Z']
    for (const [at, place] of [
      ['10:30', 0],
      ['11:59', 0],
      ['12:00', 1],
      ['2024-03-08T16:59:59.999Z', 0],
    ] as const) {
      const reply = await chain(`ticker=${ticker}&date=2024-03-08&at=${at}`)
      expect([reply.at, reply.snapshots], at).toEqual([both[place], both])
    }
    expect((await chain(`ticker=${ticker}&date=2024-03-08`)).at).toBe(both[1])
    expect((await chain(`ticker=${ticker}&at=2024-03-08T16:00:00Z`)).at).toBe(both[0])
    expect((await chain(`ticker=${ticker}`)).date).toBe('2024-03-11')
  })

  it('names what is missing, and what is no session or not on it', async () => {
    expect(await refusal('/data/chain?ticker=QQQ', 422)).toEqual({
      code: 'NO_DATA',
      message: 'the lake has no option chains of QQQ',
    })
    await writeChain([morning, taken(friday + 2, 60, noon.quotes)])
    const refusals: [query: string, status: number, message: string][] = [
      ['date=2024-03-09', 400, 'date 2024-03-09 is no trading session'],
      [
        'date=2024-03-11',
        422,
        'have no snapshot on 2024-03-11; they were taken from 2024-03-08 to 2024-03-12',
      ],
      [
        'date=2024-03-08&at=09:45',
        422,
        'known at 09:45 on 2024-03-08: the first was taken at 10:30 in New York',
      ],
      ['date=2024-03-08&at=2024-03-12T15:00:00Z', 400, 'at 2024-03-12T15:00:00Z is not on date 2024-03-08'],
      ['at=2024-13-12T15:00:00Z', 400, 'at 2024-13-12T15:00:00Z is no instant'],
      ['date=2024-02-30', 400, '2024-02-30'],
      ['at=25:00', 400, 'at'],
    ]
    for (const [query, status, message] of refusals) {
      expect((await refusal(`/data/chain?ticker=${ticker}&${query}`, status)).message, query).toContain(
        message,
      )
    }
  })
})

describe('GET /data/coverage', () => {
  /** Two sessions before Independence Day, a half day, and the day after, without the bars that `isLost` names. */
  async function writeFive(isLost: (date: string, bar: number) => boolean): Promise<void> {
    const lines = fiveMinuteBars('2024-07-02', 3)
    const kept = lines.filter(({ openTs }) => {
      const date = new Date(openTs).toISOString().slice(0, 10)
      return !isLost(date, (openTs - sessionOpen[sessionOfDate(date)]!) / (5 * minuteMs))
    })
    const bars = emptyBars(kept.length)
    for (const [i, { openTs, open, high, low, close, volume }] of kept.entries()) {
      bars.session[i] = sessionOfDate(new Date(openTs).toISOString().slice(0, 10))
      bars.openTs[i] = openTs
      bars.ts[i] = openTs + 5 * minuteMs
      bars.open[i] = open
      bars.high[i] = high
      bars.low[i] = low
      bars.close[i] = close
      bars.volume[i] = volume
      bars.vwap[i] = Number.NaN
    }
    await workspace.lake.writeBars('5m', ticker, bars, 'import:file')
  }

  it('counts a half day by its own hours, so that a whole one shows no hole', async () => {
    await writeFive(() => false)
    expect(await coverage(`ticker=${ticker.toLowerCase()}&cadence=5m`)).toMatchObject({
      ...{
        ticker,
        kind: 'bars',
        cadence: '5m',
        source: 'import:file',
        simulated: false,
        unit: 'bars',
      },
      ...{ dates: ['2024-07-02', '2024-07-03', '2024-07-05'], half_days: ['2024-07-03'] },
      ...{ present: [78, 42, 78], expected: [78, 42, 78], gaps: [] },
      totals: {
        ...{ sessions: 3, complete: 3, partial: 0, empty: 0, present: 198, expected: 198, outside: 0 },
      },
    })
    expect((await coverage(`ticker=${ticker}&cadence=hourly`)).expected).toEqual([7, 4, 7])
  })

  it('names the times of the bars that a session lacks', async () => {
    await writeFive(
      (date, bar) => date === '2024-07-03' && (bar === 0 || bar === 12 || bar === 13 || bar === 41),
    )
    const reply = await coverage(`ticker=${ticker}&cadence=5m`)
    expect(reply.present).toEqual([78, 38, 78])
    expect(reply.gaps).toEqual([{ date: '2024-07-03', spans: ['09:30–09:35', '10:30–10:40', '12:55–13:00'] }])
    expect(reply.totals).toMatchObject({ complete: 2, partial: 1, empty: 0, present: 194, expected: 198 })
  })

  it('shows sessions without a bar between the first and the last', async () => {
    await writeFive((date) => date === '2024-07-03')
    const reply = await coverage(`ticker=${ticker}`)
    expect(reply).toMatchObject({ cadence: 'daily', present: [1, 0, 1], expected: [1, 1, 1], gaps: [] })
    expect(reply.totals).toMatchObject({ sessions: 3, complete: 2, empty: 1 })
  })

  it('counts snapshots without claiming how many there ought to be', async () => {
    await writeChain([morning, noon, taken(friday + 2, 60, noon.quotes)])
    expect(await coverage(`ticker=${ticker}&kind=chain`)).toMatchObject({
      ...{ cadence: null, unit: 'snapshots', simulated: true },
      ...{ dates: ['2024-03-08', '2024-03-11', '2024-03-12'], present: [2, 0, 1] },
      expected: [null, null, null],
      totals: { sessions: 3, complete: 2, partial: 0, empty: 1, present: 3, expected: null },
    })
  })

  it('names the series that is not there, and a cadence where none applies', async () => {
    await workspace.lake.writeBars('daily', ticker, risingDays('2024-03-04', 5), 'import:file')
    expect(await refusal(`/data/coverage?ticker=${ticker}&cadence=5m`, 422)).toEqual({
      code: 'NO_DATA',
      message: `the lake has no 5m bars of ${ticker}, only daily`,
    })
    expect(await refusal(`/data/coverage?ticker=${ticker}&kind=option_minutes`, 422)).toEqual({
      code: 'NO_DATA',
      message: `the lake has no option minutes of ${ticker}`,
    })
    expect(await refusal(`/data/coverage?ticker=${ticker}&kind=chain&cadence=5m`, 400)).toMatchObject({
      code: 'INVALID_PARAM',
      message: 'cadence 5m does not apply to option chains',
    })
    await refusal(`/data/coverage?ticker=${ticker}&kind=quotes`, 400)
  })
})
