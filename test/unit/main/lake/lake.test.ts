import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TimeRange } from '#main/lake/lake.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { SimulateMarketResult } from '#shared/jobs/simulate-market.ts'
import { openTempLake, type TempLake } from '#test/temp-lake.ts'
import { simulateMarket } from '#workers/jobs/simulate-market.ts'

const source = 'simulated:test'
const span = (first: string, last: string) => ({
  startTs: sessionOpen[sessionOfDate(first)]!,
  endTs: sessionClose[sessionOfDate(last)]!,
})

const hours = new Map<number, number>()
const format = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hour: 'numeric',
  hourCycle: 'h23',
})

/** Clock hour in New York as Intl reads it, remembered by hour of UTC. */
function clockHour(ts: number): number {
  const key = Math.floor(ts / 3_600_000)
  if (!hours.has(key)) hours.set(key, Number(format.format(ts)))
  return hours.get(key)!
}

describe('the lake', () => {
  let temp: TempLake
  let market: SimulateMarketResult
  beforeAll(async () => {
    temp = await openTempLake()
    const window = { seed: 5, firstDate: '2024-06-24', lastDate: '2024-07-12' }
    market = simulateMarket(window, { report: () => undefined, cancelled: () => false })
    await temp.lake.writeBars('5m', 'SPY', market.fund, source)
    await temp.lake.writeIndexLevels(market.index, source)
    await temp.lake.writeChain('SPY', market.chain, source)
    await temp.lake.writeOptionMinutes('SPY', market.optionMinutes, source)
  })
  afterAll(() => temp.remove())

  it('gives back bars as they were written', async () => {
    expect(await temp.lake.bars('SPY', '5m')).toEqual(market.fund)
    const range = span('2024-07-02', '2024-07-03')
    const two = await temp.lake.bars('SPY', '5m', range)
    expect(two.length).toBe(78 + 42)
    expect(two.ts[0]).toBe(range.startTs + 300_000)
    expect(two.ts.at(-1)).toBe(range.endTs)
  })

  it('makes hourly and daily bars of 5-minute ones, also ending before the close', async () => {
    const range = span('2024-07-02', '2024-07-03')
    expect((await temp.lake.bars('SPY', 'hourly', range)).length).toBe(7 + 4)
    const daily = await temp.lake.bars('SPY', 'daily', range)
    expect(Array.from(daily.ts)).toEqual([sessionClose[daily.session[0]!], sessionClose[daily.session[1]!]])
    const cut = await temp.lake.bars('SPY', 'daily', { ...range, cutMinutes: 5 })
    expect(cut.ts[1]).toBe(sessionClose[cut.session[1]!]! - 300_000)
    const fine = await temp.lake.bars('SPY', '5m', range)
    expect(cut.close[1]).toBe(fine.close.at(-2))
    expect(daily.close[1]).toBe(fine.close.at(-1))
    await expect(temp.lake.bars('SPY', 'hourly', { cutMinutes: 5 })).rejects.toThrow('only daily bars')
  })

  it('has no bars of a ticker that it does not know', async () => {
    expect((await temp.lake.bars('QQQ', 'daily')).length).toBe(0)
    await expect(temp.lake.chain('QQQ')).rejects.toThrow('no option chains of QQQ')
  })

  it('gives back index levels and chains as they were written, across months', async () => {
    expect(await temp.lake.indexLevels()).toEqual(market.index)
    const { vega: _, theta: __, gamma, ...quotes } = market.chain
    const { gamma: storedGamma, ...stored } = await temp.lake.chain('SPY')
    for (const [name, values] of Object.entries(quotes))
      expect({ [name]: stored[name as keyof typeof stored] }).toEqual({ [name]: values })
    for (let q = 0; q < gamma.length; q += 97) expect(storedGamma[q]).toBeCloseTo(gamma[q]!, 6)
    const july = await temp.lake.chain('SPY', span('2024-07-03', '2024-07-03'))
    expect(july.snapshots).toBe(4)
    expect(july.offset.at(-1)).toBe(july.strike.length)
    expect(new Set(july.session)).toEqual(new Set([sessionOfDate('2024-07-03')]))
  })

  it('sums option flow as a walk over the raw minutes does, 0 where listed contracts rest', async () => {
    const range = span('2024-06-25', '2024-07-12')
    const distanceMax = 15
    const flow = await temp.lake.flow('SPY', range, distanceMax)
    const width = 2 * distanceMax + 1
    const closeBefore = new Map<number, number>()
    for (let i = 0; i < market.fund.length; i++)
      closeBefore.set(market.fund.session[i]! + 1, market.fund.close[i]!)
    const listed = new Set<string>()
    const { chain, optionMinutes } = market
    for (let s = 0; s < chain.snapshots; s++) {
      for (let q = chain.offset[s]!; chain.expiry[q] === sessionClose[chain.session[s]!]; q++) {
        listed.add(`${chain.session[s]} ${chain.strike[q]} ${chain.isCall[q]}`)
      }
    }
    const brute = new Map<string, [number, number]>()
    for (let i = 0; i < optionMinutes.rows; i++) {
      const hour = clockHour(optionMinutes.ts[i]! - 60_000)
      const key = `${optionMinutes.session[i]} ${hour} ${optionMinutes.strike[i]} ${optionMinutes.isCall[i]}`
      const sums = brute.get(key) ?? [0, 0]
      sums[0] += optionMinutes.volume[i]!
      sums[1] += optionMinutes.volume[i]! * optionMinutes.vwap[i]! * 100
      brute.set(key, sums)
    }
    let traded = 0
    let resting = 0
    let unlisted = 0
    for (let g = 0; g < flow.groups; g++) {
      const session = flow.session[g]!
      expect(flow.previousClose[g]).toBe(closeBefore.get(session))
      for (let k = -distanceMax; k <= distanceMax; k++) {
        const strike = Math.round(closeBefore.get(session)!) + k
        for (const isCall of [1, 0]) {
          const cell = g * width + k + distanceMax
          const contracts = (isCall ? flow.callsSold : flow.putsSold)[cell]!
          const premium = (isCall ? flow.callsPremium : flow.putsPremium)[cell]!
          const sums = brute.get(`${session} ${flow.hourEt[g]} ${strike} ${isCall}`)
          if (sums) {
            if (contracts !== sums[0])
              expect.fail(`${session} ${strike}: ${contracts} contracts, not ${sums[0]}`)
            if (Math.abs(premium / sums[1] - 1) > 1e-12)
              expect.fail(`${session} ${strike}: premium ${premium}`)
            traded++
          } else if (listed.has(`${session} ${strike} ${isCall}`)) {
            if (contracts !== 0 || premium !== 0) expect.fail(`${session} ${strike} is listed: ${contracts}`)
            resting++
          } else {
            if (!Number.isNaN(contracts) || !Number.isNaN(premium))
              expect.fail(`${strike} is not listed: ${contracts}`)
            unlisted++
          }
        }
      }
    }
    expect(traded).toBeGreaterThan(1000)
    expect(resting).toBeGreaterThan(100)
    expect(flow.groups).toBe(12 * 7 + 4)
    expect(unlisted).toBe(0)
  })

  it('has no flow where strikes are not listed or the previous close is unknown', async () => {
    const flow = await temp.lake.flow('SPY', span('2024-06-24', '2024-06-25'), 40)
    expect(flow.groups).toBe(14)
    const width = 81
    expect(flow.previousClose[0]).toBeNaN()
    expect(flow.callsSold.subarray(0, 7 * width).every(Number.isNaN)).toBe(true)
    expect(flow.callsSold[7 * width]).toBeNaN()
    expect(flow.callsSold[7 * width + 40]).toBeGreaterThan(0)
  })

  it('leaves out hours that end after the range', async () => {
    const session = sessionOfDate('2024-06-25')
    const flow = await temp.lake.flow('SPY', { endTs: sessionOpen[session]! + 90 * 60_000 }, 3)
    expect(flow.session.at(-1)).toBe(session)
    expect(Array.from(flow.hourEt.slice(-2))).toEqual([9, 10])
  })

  it('gives the option minutes that follow a clock hour', async () => {
    const range: TimeRange = span('2024-07-03', '2024-07-03')
    const all = await temp.lake.optionMinutes('SPY', range)
    const early = await temp.lake.optionMinutes('SPY', range, 5)
    const minuteOf = (ts: number) => ((ts - 60_000) / 60_000) % 60
    expect(all.rows).toBeGreaterThan(early.rows)
    expect(early.rows).toBe(all.ts.filter((ts) => minuteOf(ts) < 5).length)
    expect(early.vwap.length).toBe(early.rows)
  })

  it('lists every series with source, span and rows, and the coarser bars it can make', async () => {
    const catalog = await temp.reopen().catalog()
    expect(catalog.map(({ ticker, kind, cadence, rows }) => [ticker, kind, cadence, rows])).toEqual([
      ['SPY', 'bars', '5m', 13 * 78 + 42],
      ['SPY', 'bars', '15m', 13 * 26 + 14],
      ['SPY', 'bars', 'hourly', 13 * 7 + 4],
      ['SPY', 'bars', 'daily', 14],
      ['SPY', 'chain', null, market.chain.strike.length],
      ['SPY', 'option_minutes', null, market.optionMinutes.rows],
      ['VIX', 'index', 'daily', 14],
    ])
    for (const row of catalog) {
      expect(row).toMatchObject({ source, simulated: true, first: '2024-06-24', last: '2024-07-12' })
    }
    expect(await temp.lake.catalog()).toEqual(catalog)
  })
})

describe('writing to the lake', () => {
  let temp: TempLake
  let market: SimulateMarketResult
  beforeAll(async () => {
    temp = await openTempLake()
    const window = { seed: 5, firstDate: '2024-06-26', lastDate: '2024-07-03' }
    market = simulateMarket(window, { report: () => undefined, cancelled: () => false })
  })
  afterAll(() => temp.remove())

  it('adds sessions to a series and replaces those that it had', async () => {
    const { lake } = temp
    const half = simulateMarket(
      { seed: 5, firstDate: '2024-06-26', lastDate: '2024-06-28' },
      { report: () => undefined, cancelled: () => false },
    )
    const other = simulateMarket(
      { seed: 6, firstDate: '2024-06-28', lastDate: '2024-07-03' },
      { report: () => undefined, cancelled: () => false },
    )
    await lake.writeChain('SPY', other.chain, source)
    await lake.writeChain('SPY', half.chain, source)
    const stored = await lake.chain('SPY')
    expect(stored.ts).toEqual(market.chain.ts)
    const june = half.chain.offset.at(-1)!
    expect(stored.bid.subarray(0, june)).toEqual(half.chain.bid)
    const julyOnly = other.chain.offset[7]!
    expect(stored.bid.subarray(june)).toEqual(other.chain.bid.subarray(julyOnly))
  })

  it('gives equal rows an equal content sha and other rows another', async () => {
    const shaOf = async () => (await temp.lake.catalog()).find((row) => row.ticker === 'AAPL')!.contentSha
    await temp.lake.writeBars('5m', 'AAPL', market.stock, source)
    const once = await shaOf()
    await temp.lake.writeBars('5m', 'AAPL', market.stock, source)
    expect(await shaOf()).toBe(once)
    const close = market.stock.close.slice()
    const last = close.length - 1
    close[last] = market.stock.low[last]! === close[last] ? market.stock.high[last]! : market.stock.low[last]!
    await temp.lake.writeBars('5m', 'AAPL', { ...market.stock, close }, source)
    expect(await shaOf()).not.toBe(once)
  })

  it('does not mix sources in a series', async () => {
    const { lake } = temp
    await lake.writeBars('5m', 'MSFT', market.stock, source)
    await expect(lake.writeBars('5m', 'MSFT', market.fund, 'import:mine')).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await lake.writeBars('5m', 'MSFT', market.fund, 'import:mine', { replace: true })
    expect((await lake.bars('MSFT', '5m')).close).toEqual(market.fund.close)
    expect((await lake.catalog()).find((row) => row.ticker === 'MSFT')).toMatchObject({
      source: 'import:mine',
      simulated: false,
    })
  })

  it('refuses bars that are out of order, outside the session or not possible, and hostile tickers', async () => {
    const { lake } = temp
    const { fund } = market
    const swapped = fund.ts.slice()
    swapped[5] = fund.ts[4]!
    await expect(lake.writeBars('5m', 'BAD', { ...fund, ts: swapped }, source)).rejects.toThrow(
      'time order, bar 5',
    )
    const early = fund.openTs.slice()
    early[0]! -= 1
    await expect(lake.writeBars('5m', 'BAD', { ...fund, openTs: early }, source)).rejects.toThrow(
      'outside regular hours',
    )
    const high = fund.high.slice()
    high[3] = 1
    await expect(lake.writeBars('5m', 'BAD', { ...fund, high }, source)).rejects.toThrow('bar 3 of BAD')
    for (const ticker of ['../SPY', 'spy', '', 'A/B', 'CON.', 'X'.repeat(20)]) {
      await expect(lake.writeBars('5m', ticker, fund, source)).rejects.toThrow('ticker must be')
    }
    expect((await lake.bars('BAD', '5m')).length).toBe(0)
  })

  it('ignores files that no finished write has listed, and counts anew one that a crash left newer than its entry', async () => {
    const { root, lake, duck } = temp
    await lake.writeBars('5m', 'SPY', market.fund, source)
    const file = join(root, 'lake', 'bars', '5m', 'SPY.parquet')
    await writeFile(join(root, 'lake', 'bars', '5m', 'TORN.parquet'), 'PAR1')
    const manifest = join(root, 'lake', 'manifest.json')
    const before = await readFile(manifest)
    await duck.run(
      `COPY (SELECT * FROM '${file}' LIMIT 78) TO '${join(root, 'newer.parquet')}' (FORMAT parquet)`,
    )
    await writeFile(file, await readFile(join(root, 'newer.parquet')))
    const rows = (await temp.reopen().catalog()).filter(({ ticker }) => ticker === 'SPY' || ticker === 'TORN')
    expect(rows.find(({ cadence }) => cadence === '5m')).toMatchObject({ rows: 78, last: '2024-06-26' })
    expect(rows.some(({ ticker }) => ticker === 'TORN')).toBe(false)
    expect(await readFile(manifest)).toEqual(before)
    expect((await stat(file)).size).toBeGreaterThan(0)
  })
})
