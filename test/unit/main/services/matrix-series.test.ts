import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Lake } from '#main/lake/lake.ts'
import type { MatrixPlan } from '#main/services/matrix-plan.ts'
import { loadSeries } from '#main/services/matrix-series.ts'
import {
  sessionClose,
  sessionDate,
  sessionOfDate,
  sessionOpen,
  sessionsBetween,
} from '#shared/calendar/sessions.ts'
import type { SimulateMarketResult } from '#shared/jobs/simulate-market.ts'
import { openTempLake, type TempLake } from '#test/temp-lake.ts'
import { barsAt, dailyTimes } from '#test/tiny-build.ts'
import { buildMatrix } from '#workers/jobs/build-matrix.ts'
import { simulateMarket } from '#workers/jobs/simulate-market.ts'

const idle = { report: () => undefined, cancelled: () => false }
const source = 'simulated:test'

let temp: TempLake
let market: SimulateMarketResult

beforeAll(async () => {
  temp = await openTempLake()
  market = simulateMarket({ seed: 5, firstDate: '2024-06-17', lastDate: '2024-07-12' }, idle)
  await temp.lake.writeBars('5m', 'SPY', market.fund, source)
  await temp.lake.writeIndexLevels(market.index, source)
  await temp.lake.writeChain('SPY', market.chain, source)
  await temp.lake.writeOptionMinutes('SPY', market.optionMinutes, source)
  await temp.lake.writeBars(
    'daily',
    'SPX',
    barsAt(dailyTimes(1500, sessionOfDate('2010-01-04'))),
    'test:daily',
  )
})
afterAll(() => temp.remove())

function planOf(start: string, end: string, changes: Partial<MatrixPlan> = {}): MatrixPlan {
  return {
    ...{ modelId: 'm', packId: 'p', ticker: 'SPY', assetType: 'eq', cadence: 'hourly' },
    window: { start, end },
    sessions: sessionsBetween(start, end),
    indicators: ['rsi__period=5'],
    ...{ wanted: null, flow: null, contractColumns: false, hours: null },
    label: { id: 'next_bar_updown', params: { horizon: 1, k_sigma: 0.3 } },
    ...changes,
  }
}
const flow = { per_distance: true, totals: true, ratios: true, atm: true, distance_max: 3 }

describe('the window of a plan', () => {
  it.each(['hourly', 'daily'] as const)(
    'has every %s bar from its first session to its last',
    async (cadence) => {
      // A Saturday and a Sunday: the sessions between them count.
      const { input } = await loadSeries(temp.lake, planOf('2024-06-29', '2024-07-07', { cadence }))
      const wanted = ['2024-07-01', '2024-07-02', '2024-07-03', '2024-07-05']
      const dates = new Set(Array.from(input.bars.session.subarray(input.firstRow), sessionDate))
      expect([...dates]).toEqual(wanted)
      expect(input.endRow).toBe(input.bars.length)
      expect(input.bars.ts.at(-1)).toBe(sessionClose[sessionOfDate('2024-07-05')])
      expect(input.bars.length - input.firstRow).toBe(cadence === 'daily' ? 4 : 7 + 7 + 4 + 7)
      expect(sessionDate(input.bars.session[input.firstRow - 1]!)).toBe('2024-06-28')
    },
  )

  it('has 400 sessions of history at the most where nothing remembers more', async () => {
    const plan = { ticker: 'SPX', cadence: 'daily' as const, indicators: ['sma__window=20'] }
    const { input } = await loadSeries(temp.lake, planOf('2015-01-05', '2015-03-31', plan))
    expect(input.firstRow).toBe(400)
  })

  it('says what the lake has where it has nothing for the plan', async () => {
    await expect(loadSeries(temp.lake, planOf('2023-01-03', '2023-02-01'))).rejects.toThrow(
      /no hourly bars of SPY from 2023-01-03 to 2023-02-01.*2024-06-17/,
    )
    await expect(
      loadSeries(temp.lake, planOf('2024-07-01', '2024-07-02', { ticker: 'QQQ' })),
    ).rejects.toThrow(/no bars of QQQ; it has SPX, SPY/)
  })
})

describe('a feature of a row', () => {
  const indicators = ['ema__window=200', 'obv', 'rsi__period=14', 'adx', 'sma__window=50', 'macd', 'adl']

  it('has the same value whatever the window that it is asked for in', async () => {
    const build = async (start: string) => {
      const plan = planOf(start, '2015-11-30', { ticker: 'SPX', cadence: 'daily', indicators })
      return buildMatrix((await loadSeries(temp.lake, plan)).input, idle).matrix
    }
    const [years, days] = [await build('2011-01-03'), await build('2015-11-20')]
    expect(days.features).toEqual(years.features)
    days.columns.forEach((column, c) => {
      const same = years.columns[c]!.slice(-days.rows)
      expect([...column], days.features[c]).toEqual([...same])
    })
  })
})

describe('a night decided before the close', () => {
  const label = { id: 'close_to_open', params: {} }

  it('is decided five minutes before the close, half days too, and entered at the true close', async () => {
    const { input, sources } = await loadSeries(
      temp.lake,
      planOf('2024-06-24', '2024-07-12', { cadence: 'daily', label }),
    )
    const { matrix, path } = buildMatrix(input, idle)
    for (let row = 0; row + 1 < matrix.rows; row++) {
      const session = matrix.session[row]!
      const known = market.fund.ts.findLastIndex((ts) => ts <= sessionClose[session]! - 300_000)
      const last = market.fund.ts.indexOf(sessionClose[session]!)
      const open = market.fund.openTs.indexOf(sessionOpen[session + 1]!)
      expect(matrix.ts[row]).toBe(sessionClose[session]! - 300_000)
      expect(matrix.close[row]).toBe(market.fund.close[known])
      expect(path.close[matrix.exitBar[row]! - 1]).toBe(market.fund.close[last])
      expect(matrix.retFwd[row]).toBe(market.fund.open[open]! / market.fund.close[last]! - 1)
    }
    expect(sources.map(({ id }) => id)).toContain('simulated:test/bars/5m/SPY')
  })

  it('begins where 5-minute bars do, though daily bars reach back further', async () => {
    const two = await openTempLake()
    const days = dailyTimes(60, sessionOfDate('2024-04-17'))
    await two.lake.writeBars('daily', 'SPY', barsAt(days), source)
    await two.lake.writeBars('5m', 'SPY', market.fund, source)
    const { input } = await loadSeries(
      two.lake,
      planOf('2024-06-24', '2024-07-10', { cadence: 'daily', label }),
    )
    expect(sessionDate(input.bars.session[0]!)).toBe('2024-06-17')
    expect(input.bars.ts[0]).toBe(sessionClose[input.bars.session[0]!]! - 300_000)
    await two.remove()
  })

  it('says so where there are no finer bars', async () => {
    const plan = planOf('2015-01-05', '2015-06-30', { ticker: 'SPX', cadence: 'daily', label })
    const { input, warnings } = await loadSeries(temp.lake, plan)
    expect(input.bars).toBe(input.trueBars)
    expect(warnings.join()).toMatch(/SPX has no 5-minute bars/)
  })

  it('is decided by an hourly model at the bar before the last', async () => {
    const { input } = await loadSeries(temp.lake, planOf('2024-06-24', '2024-07-12', { label }))
    const { matrix } = buildMatrix(input, idle)
    const labelled = [...matrix.y].flatMap((y, row) => (y >= 0 ? [row] : []))
    expect(labelled.length).toBe(new Set(matrix.session).size - 1)
    for (const row of labelled) expect(matrix.session[row + 2]).toBe(matrix.session[row]! + 1)
  })
})

describe('the content shas of a plan', () => {
  const plan = planOf('2024-07-01', '2024-07-05', {
    indicators: ['vix_level', 'returns_last_30m'],
    assetType: 'opt',
    contractColumns: true,
    flow,
  })
  const nights = planOf('2024-07-01', '2024-07-05', {
    cadence: 'daily',
    label: { id: 'close_to_open', params: {} },
  })
  const shasOf = async (lake: Lake, of: MatrixPlan) =>
    (await loadSeries(lake, of)).sources.map(({ content_sha }) => content_sha).join()

  /** The lake with one value of one array changed, in every series that the method gives. */
  function changed(
    method: 'bars' | 'indexLevels' | 'flow' | 'chain' | 'optionMinutes',
    column: string,
  ): Lake {
    const read = temp.lake[method] as unknown as (...args: unknown[]) => Promise<Record<string, Float64Array>>
    return {
      ...temp.lake,
      [method]: async (...args: unknown[]) => {
        const series = { ...(await read(...args)) }
        const values = series[column]!.slice()
        values[values.length - 1] = (values.at(-1)! || 0) + 1
        return { ...series, [column]: values }
      },
    }
  }

  it.each([
    ...['ts', 'openTs', 'open', 'high', 'low', 'close', 'volume', 'vwap'].map((c) => ['bars', c] as const),
    ...['session', 'vix', 'vix9d', 'vix3m', 'vix6m'].map((c) => ['indexLevels', c] as const),
    ...['hourEt', 'previousClose', 'callsSold', 'putsSold', 'callsPremium', 'putsPremium'].map(
      (c) => ['flow', c] as const,
    ),
    ...[
      'ts',
      'spot',
      'strike',
      'expiry',
      'isCall',
      'bid',
      'ask',
      'volume',
      'openInterest',
      'iv',
      'delta',
      'gamma',
    ].map((c) => ['chain', c] as const),
    ...['ts', 'strike', 'isCall', 'volume'].map((c) => ['optionMinutes', c] as const),
  ])('change with %s of %s', async (method, column) => {
    expect(await shasOf(changed(method, column), plan)).not.toBe(await shasOf(temp.lake, plan))
  })

  it('change with the bars cut before the close, and with nothing else', async () => {
    const lake: Lake = {
      ...temp.lake,
      bars: async (ticker, cadence, options) => {
        const bars = await temp.lake.bars(ticker, cadence, options)
        return options?.cutMinutes ? { ...bars, close: bars.close.map((each) => each + 1) } : bars
      },
    }
    expect(await shasOf(lake, nights)).not.toBe(await shasOf(temp.lake, nights))
    expect(await shasOf(temp.reopen(), nights)).toBe(await shasOf(temp.lake, nights))
  })
})
