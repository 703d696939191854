import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildPastChain } from '#main/vendor/past-chain.ts'
import { sameDayContracts } from '#main/vendor/same-day-contracts.ts'
import { runSync } from '#main/vendor/sync.ts'
import type { SyncRequest } from '#main/vendor/sync-run.ts'
import { createVendorClient } from '#main/vendor/vendor-client.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { blackScholesPrice, optionYearMs } from '#shared/kernels/black-scholes.ts'
import { closeOf } from '#test/stand-in-market.ts'
import { type StandInVendor, startStandInVendor } from '#test/stand-in-vendor.ts'
import { openTestWorkspace, type TestWorkspace } from '#test/test-workspace.ts'

const session = sessionOfDate('2024-11-26')
const open = sessionOpen[session]!
const close = sessionClose[session]!
const minute = 60_000

describe('sameDayContracts', () => {
  const contract = (ticker: string, strike_price: number, changes: object = {}) => ({
    ...{
      ticker,
      strike_price,
      contract_type: 'call',
      expiration_date: '2024-11-15',
      shares_per_contract: 100,
    },
    ...changes,
  })

  it('takes standard contracts of the date around the rounded close, weekly roots before morning-settled ones', () => {
    const listed = [
      contract('O:SPXW241115C05902000', 5902),
      contract('O:SPX241115C05901000', 5901),
      contract('O:SPXW241115C05901000', 5901),
      contract('O:SPX241115C05902000', 5902),
      contract('O:SPXW241115P05901000', 5901, { contract_type: 'put' }),
      contract('O:SPX1241115C05900000', 5900, { shares_per_contract: 110 }),
      contract('O:SPXW241118C05900000', 5900, { expiration_date: '2024-11-18' }),
      contract('O:SPXW241115C05899000', 5899),
      contract('O:SPXW241115C05900000', 5900, { contract_type: 'other' }),
    ]
    const taken = sameDayContracts(listed, '2024-11-15', 5901.4, 1)
    expect(taken.map(({ symbol }) => symbol)).toEqual([
      'O:SPXW241115P05901000',
      'O:SPXW241115C05901000',
      'O:SPXW241115C05902000',
    ])
  })
})

describe('buildPastChain', () => {
  const bar = (end: number, c: number, v: number) => ({ t: end - minute, o: c, h: c, l: c, c, v, vw: c })
  const at10 = open + 30 * minute

  it('finds the volatility at which the last trade was made, and no other', () => {
    const years = (close - at10) / optionYearMs
    const price = blackScholesPrice(false, 600, 599, years, 0, 0, 0.23)
    const put = {
      symbol: 'p',
      strike: 599,
      isCall: false,
      minutes: [bar(at10, price, 7), bar(at10 + minute, 9, 5)],
    }
    const chain = buildPastChain([put], session, (ts) => (ts === at10 ? 600 : 601))
    expect(chain.snapshots).toBe(7)
    expect(chain.ts[0]).toBe(at10)
    expect(chain.ts[6]).toBe(close)
    expect(chain.iv[0]).toBeCloseTo(0.23, 9)
    expect(chain.delta[0]).toBeGreaterThan(-0.5)
    expect(chain.delta[0]).toBeLessThan(0)
    // By 11:00 the trade of 10:01 is stale: volume goes on, volatility does not.
    expect(Array.from(chain.volume)).toEqual([7, 12, 12, 12, 12, 12, 12])
    expect(Array.from(chain.iv.slice(1))).toEqual(new Array(6).fill(Number.NaN))
    expect([chain.bid[0], chain.ask[0], chain.openInterest[0]]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })

  it('has no volatility under the intrinsic value, without a spot, or at the expiry', () => {
    const call = { symbol: 'c', strike: 590, isCall: true, minutes: [bar(at10, 9.9, 1), bar(close, 10.5, 1)] }
    expect(buildPastChain([call], session, () => 600).iv.every(Number.isNaN)).toBe(true)
    const fair = { ...call, minutes: [bar(at10, 10.6, 1)] }
    expect(buildPastChain([fair], session, () => Number.NaN).iv.every(Number.isNaN)).toBe(true)
    expect(buildPastChain([fair], session, () => 600).iv[0]).toBeGreaterThan(0)
  })
})

describe('chain snapshots', () => {
  let vendor: StandInVendor
  let workspace: TestWorkspace
  beforeEach(async () => {
    vendor = await startStandInVendor({ pageSize: 40 })
    workspace = await openTestWorkspace()
  })
  afterEach(async () => {
    await vendor.close()
    await workspace.close()
  })

  function sync(kinds: SyncRequest['kinds'], now: number) {
    const settings = { key: vendor.key, origin: vendor.url, perMinute: Number.POSITIVE_INFINITY }
    const date = { start: '2024-11-26', end: '2024-11-26' }
    return runSync(
      { client: createVendorClient(settings), lake: workspace.lake, store: workspace.ledger.sync },
      { tickers: ['SPY'], cadence: '5m', ...date, kinds, distance: 2, replace: false },
      now,
      { signal: new AbortController().signal, report: () => {}, checkpoint: () => {} },
    )
  }

  it('are as of the moment they were taken, beside earlier ones and those made of the past', async () => {
    const eleven = open + 90 * minute
    await sync(['chain'], eleven)
    await sync(['chain'], eleven + 5 * minute)
    const live = await workspace.lake.chain('SPY')
    expect(Array.from(live.ts)).toEqual([eleven, eleven + 5 * minute])
    expect(live.spot[0]).toBe(closeOf('SPY', session))
    expect(live.offset[1]).toBe(2 * 48)
    expect([live.bid[0], live.ask[0], live.openInterest[1]]).toEqual([1.2, 1.25, 1000])
    expect(Array.from(live.iv.slice(0, 3))).toEqual([0.2, Number.NaN, 0.2])

    await sync(['bars', 'options'], close + 3 * 3_600_000)
    const whole = await workspace.lake.chain('SPY')
    const hours = [0, 1, 2, 3, 4, 5, 6].map((hour) => open + (30 + 60 * hour) * minute)
    expect(Array.from(whole.ts)).toEqual([...hours, eleven + 5 * minute].sort((a, b) => a - b))
    // Strikes of the day whose minutes were not fetched would read as strikes that did not trade.
    const centre = Math.round(closeOf('SPY', session - 1))
    const sameDay = whole.strike.filter((_, q) => whole.expiry[q] === close)
    expect(Math.min(...sameDay)).toBe(centre - 2)
    expect(Math.max(...sameDay)).toBe(centre + 2)
    expect(whole.iv.some((iv) => iv > 0.05 && iv < 1)).toBe(true)
  })

  it('are not taken while the exchange is closed', async () => {
    const { warnings } = await sync(['chain'], close + minute)
    expect(warnings.join()).toMatch(/the exchange is closed/)
    expect(vendor.requests).toEqual([])
    expect(await workspace.lake.catalog()).toEqual([])
  })

  it('come as quotes, ticker search and dividends do: checked against the documents', async () => {
    const settings = { key: vendor.key, origin: vendor.url, perMinute: Number.POSITIVE_INFINITY }
    const client = createVendorClient(settings)
    const { signal } = new AbortController()
    expect((await client.quotes('SPY', '2024-11-25', '2024-11-26', signal))[0]!.bid_price).toBe(400.1)
    expect((await client.findTickers('spdr', signal))[0]!.ticker).toBe('SPY')
    expect((await client.dividends('SPY', signal))[0]!.cash_amount).toBe(1.7455)
  })
})
