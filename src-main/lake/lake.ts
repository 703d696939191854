import { join } from 'node:path'
import type { Cadence, ChainSeries } from '#shared/catalog/indicators/define.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BarSeries, FlowSeries, IndexSeries } from '#shared/jobs/build-matrix.ts'
import type { ChainTable, OptionMinutes } from '#shared/jobs/market-types.ts'
import { type CatalogRow, catalogRows } from './catalog-rows.ts'
import { checkBars, checkChain, checkOptionMinutes, checkTicker } from './check-series.ts'
import type { Duck } from './duck.ts'
import { layOutFlow } from './flow-series.ts'
import type { SeriesEntry, StoredCadence } from './manifest.ts'
import { barsOf, chainOf, indexOf, optionMinutesOf } from './read-series.ts'
import { barsWithin, emptyBars, toClockHours, toDaily, toQuarterHours } from './resample-bars.ts'
import { createSeriesStore, type SeriesStore, type SessionSpan, type WriteOptions } from './series-store.ts'
import { sessionSpan, sessionsWithin, wholeDays } from './session-span.ts'
import { barRows, chainRows, indexRows, optionMinuteRows } from './tables.ts'

/** Times of the rows wanted, epoch ms UTC, bounds included; open where left out. */
export interface TimeRange {
  startTs?: number
  endTs?: number
}

export interface BarOptions extends TimeRange {
  /** Daily bars made of the 5-minute bars that have closed this long before the session's close; their `ts` is that time. */
  cutMinutes?: number
}

/** The market data of a workspace, every series with its source. Bars and levels it lacks are empty, options are NO_DATA. */
export interface Lake {
  catalog: () => Promise<CatalogRow[]>
  /** Stored bars of the cadence, else made of 5-minute bars. */
  bars: (ticker: string, cadence: Cadence, options?: BarOptions) => Promise<BarSeries>
  /** A series as it is stored, never made of finer bars; undefined where there is none. */
  storedBars: (
    cadence: StoredCadence,
    ticker: string,
  ) => Promise<{ source: string; bars: BarSeries } | undefined>
  /** 5-minute bars outside regular hours; none where the lake has none. */
  extendedBars: (ticker: string, range?: TimeRange) => Promise<BarSeries>
  indexLevels: (range?: TimeRange) => Promise<IndexSeries>
  chain: (ticker: string, range?: TimeRange) => Promise<Omit<ChainSeries, 'asOf'>>
  /** Expiry instants within a range (epoch ms UTC, bounds included, ascending), with the contracts that any snapshot lists. */
  listedExpiries: (
    ticker: string,
    range: Required<TimeRange>,
  ) => Promise<{ expiry: Float64Array; contracts: Float64Array }>
  /** Different times of the rows of each session that has any, sessions ascending. */
  timesPerSession: (
    kind: 'chain' | 'option_minutes',
    ticker: string,
  ) => Promise<{ session: Int32Array; times: Float64Array }>
  /** Same-day option volume and premium by clock hour and distance from the rounded previous close. */
  flow: (ticker: string, range: TimeRange, distanceMax: number) => Promise<FlowSeries>
  /** Raw minutes; with `minutesOfHour` only those that end in the first so many minutes of a clock hour. */
  optionMinutes: (ticker: string, range?: TimeRange, minutesOfHour?: number) => Promise<OptionMinutes>
  writeBars: (
    cadence: StoredCadence,
    ticker: string,
    bars: BarSeries,
    source: string,
    options?: WriteOptions,
  ) => Promise<void>
  /** 5-minute bars before the open and after the close of their session's day, beside those of `writeBars`. */
  writeExtendedBars: (
    ticker: string,
    bars: BarSeries,
    source: string,
    options?: WriteOptions,
  ) => Promise<void>
  writeIndexLevels: (levels: IndexSeries, source: string, options?: WriteOptions) => Promise<void>
  writeChain: (ticker: string, chain: ChainTable, source: string, options?: WriteOptions) => Promise<void>
  writeOptionMinutes: (
    ticker: string,
    minutes: OptionMinutes,
    source: string,
    options?: WriteOptions,
  ) => Promise<void>
  /** Changes the rows of any series as they are stored, part by part and all at once. */
  change: SeriesStore['change']
}

/** Ticker under which the volatility index levels are listed. */
const indexTicker = 'VIX'
/** Furthest from its expiry that a same-day contract is quoted; the next session's is hours further. */
const sameDayMs = 12 * 3_600_000
const minuteMs = 60_000

/** Opens the lake in the folder `lake/` of a workspace. */
export function createLake(root: string, duck: Duck): Lake {
  const store = createSeriesStore(join(root, 'lake'), duck)
  const findBars = (ticker: string, cadence: StoredCadence) => store.find({ kind: 'bars', ticker, cadence })

  async function readBars(entry: SeriesEntry, range: TimeRange = {}): Promise<BarSeries> {
    const columns = 'ts, open_ts, session, open, high, low, close, volume, vwap'
    return barsOf(await store.read(entry, columns, timesWithin(range), sessionSpan(range)))
  }

  /** Bars of a range at least: those made of finer ones are whole sessions. */
  async function allBars(
    ticker: string,
    cadence: Cadence,
    cutMinutes: number,
    range: TimeRange = {},
  ): Promise<BarSeries> {
    const stored = await findBars(ticker, cadence)
    if (stored && cutMinutes === 0) return readBars(stored, range)
    const fine = await findBars(ticker, '5m')
    if (!fine) return emptyBars(0)
    const bars = await readBars(fine, wholeDays(range))
    if (cadence === 'daily') return toDaily(bars, cutMinutes)
    return cadence === 'hourly' ? toClockHours(bars) : toQuarterHours(bars)
  }

  async function listedContracts(ticker: string, span: SessionSpan) {
    const entry = await store.find({ kind: 'chain', ticker, cadence: null })
    if (!entry) return { session: new Int32Array(0), strike: new Float64Array(0), isCall: new Uint8Array(0) }
    const rows = await store.read(
      entry,
      'DISTINCT session, strike, is_call',
      `expiry - ts < ${sameDayMs} AND ${sessionsWithin(span)}`,
      span,
    )
    return {
      session: rows['session'] as Int32Array,
      strike: rows['strike'] as Float64Array,
      isCall: rows['is_call'] as Uint8Array,
    }
  }

  return {
    catalog: async () => {
      const entries = await store.entries()
      const isStored = (row: CatalogRow) =>
        entries.some(
          ({ kind, ticker, cadence }) => kind === 'bars' && ticker === row.ticker && cadence === row.cadence,
        )
      return entries.flatMap((entry) => {
        const [stored, ...derived] = catalogRows(entry)
        return [stored!, ...derived.filter((row) => !isStored(row))]
      })
    },

    bars: async (ticker, cadence, { cutMinutes = 0, ...range } = {}) => {
      if (cutMinutes > 0 && cadence !== 'daily') {
        throw new SigmaError(
          'INVALID_PARAM',
          `only daily bars can be cut before the close, not ${cadence} ones`,
        )
      }
      const { startTs = -Infinity, endTs = Infinity } = range
      return barsWithin(await allBars(ticker, cadence, cutMinutes, range), startTs, endTs)
    },

    storedBars: async (cadence, ticker) => {
      const entry = await findBars(ticker, cadence)
      return entry && { source: entry.source, bars: await readBars(entry) }
    },

    extendedBars: async (ticker, range = {}) => {
      const entry = await store.find({ kind: 'extended_bars', ticker, cadence: '5m' })
      return entry ? readBars(entry, range) : emptyBars(0)
    },

    indexLevels: async (range = {}) => {
      const entry = await store.find({ kind: 'index', ticker: indexTicker, cadence: 'daily' })
      const none = new Float64Array(0)
      if (!entry)
        return { length: 0, session: new Int32Array(0), vix: none, vix9d: none, vix3m: none, vix6m: none }
      const span = sessionSpan(range)
      return indexOf(await store.read(entry, 'session, vix, vix9d, vix3m, vix6m', sessionsWithin(span), span))
    },

    chain: async (ticker, range = {}) => {
      const entry = await store.find({ kind: 'chain', ticker, cadence: null })
      if (!entry) throw new SigmaError('NO_DATA', `the lake has no option chains of ${ticker}`)
      const columns =
        'ts, session, spot, strike, expiry, is_call, bid, ask, volume, open_interest, iv, delta, gamma'
      return chainOf(await store.read(entry, columns, timesWithin(range), sessionSpan(range)))
    },

    listedExpiries: async (ticker, { startTs, endTs }) => {
      const entry = await store.find({ kind: 'chain', ticker, cadence: null })
      if (!entry) throw new SigmaError('NO_DATA', `the lake has no option chains of ${ticker}`)
      const rows = await store.read(
        entry,
        'expiry, count(DISTINCT (strike, is_call))::DOUBLE AS contracts',
        `expiry BETWEEN ${startTs} AND ${endTs} GROUP BY expiry ORDER BY expiry`,
        sessionSpan({ endTs }),
      )
      return { expiry: rows['expiry'] as Float64Array, contracts: rows['contracts'] as Float64Array }
    },

    timesPerSession: async (kind, ticker) => {
      const entry = await store.find({ kind, ticker, cadence: null })
      if (!entry) return { session: new Int32Array(0), times: new Float64Array(0) }
      const columns = 'session, count(DISTINCT ts)::DOUBLE AS times'
      const rows = await store.read(entry, columns, 'true GROUP BY session ORDER BY session')
      return { session: rows['session'] as Int32Array, times: rows['times'] as Float64Array }
    },

    flow: async (ticker, range, distanceMax) => {
      const entry = await store.find({ kind: 'option_minutes', ticker, cadence: null })
      if (!entry) throw new SigmaError('NO_DATA', `the lake has no option minutes of ${ticker}`)
      const span = sessionSpan(range)
      // Decimals times whole numbers: the sums are exact, whatever the order of the rows. A minute without a price leaves the
      // premium unknown: a sum over the others would be too small and look right.
      const sums = await store.read(
        entry,
        `session, hour_et, strike, is_call, sum(volume)::DOUBLE AS contracts,
         CASE WHEN count(vwap) = count(*)
           THEN (sum(vwap::DECIMAL(18,4) * volume::DECIMAL(18,0)) * 100)::DOUBLE END AS premium`,
        `${sessionsWithin(span)} GROUP BY session, hour_et, strike, is_call`,
        span,
      )
      const daily = await allBars(ticker, 'daily', 0)
      const closeOf = new Map(Array.from(daily.session, (session, i) => [session, daily.close[i]!]))
      const { startTs = -Infinity, endTs = Infinity } = range
      return layOutFlow(
        {
          session: sums['session'] as Int32Array,
          hourEt: sums['hour_et'] as Uint8Array,
          strike: sums['strike'] as Float64Array,
          isCall: sums['is_call'] as Uint8Array,
          contracts: sums['contracts'] as Float64Array,
          premium: sums['premium'] as Float64Array,
        },
        await listedContracts(ticker, span),
        (session) => closeOf.get(session - 1) ?? Number.NaN,
        distanceMax,
        { startTs, endTs },
      )
    },

    optionMinutes: async (ticker, range = {}, minutesOfHour = 60) => {
      const entry = await store.find({ kind: 'option_minutes', ticker, cadence: null })
      if (!entry) throw new SigmaError('NO_DATA', `the lake has no option minutes of ${ticker}`)
      // New York differs from UTC by whole hours, so a clock hour's first minutes are also UTC's.
      const early = `((ts - ${minuteMs}) // ${minuteMs}) % 60 < ${minutesOfHour}`
      return optionMinutesOf(
        await store.read(
          entry,
          'ts, session, strike, is_call, volume, vwap, transactions',
          `${timesWithin(range)} AND ${early}`,
          sessionSpan(range),
        ),
      )
    },

    writeBars: async (cadence, ticker, bars, source, options) => {
      checkTicker(ticker)
      checkBars(bars, ticker)
      await store.put({ kind: 'bars', ticker, cadence }, source, barRows(bars), options)
    },
    writeExtendedBars: async (ticker, bars, source, options) => {
      checkTicker(ticker)
      checkBars(bars, ticker, 'extended')
      await store.put({ kind: 'extended_bars', ticker, cadence: '5m' }, source, barRows(bars), options)
    },
    writeIndexLevels: (levels, source, options) =>
      store.put({ kind: 'index', ticker: indexTicker, cadence: 'daily' }, source, indexRows(levels), options),
    writeChain: async (ticker, chain, source, options) => {
      checkTicker(ticker)
      checkChain(chain, ticker)
      await store.put({ kind: 'chain', ticker, cadence: null }, source, chainRows(chain), options)
    },
    writeOptionMinutes: async (ticker, minutes, source, options) => {
      checkTicker(ticker)
      checkOptionMinutes(minutes, ticker)
      await store.put(
        { kind: 'option_minutes', ticker, cadence: null },
        source,
        optionMinuteRows(minutes),
        options,
      )
    },
    change: store.change,
  }
}

function timesWithin({ startTs, endTs }: TimeRange): string {
  const bounds = [
    startTs === undefined ? '' : `ts >= ${startTs}`,
    endTs === undefined ? '' : `ts <= ${endTs}`,
  ]
  return bounds.filter(Boolean).join(' AND ') || 'true'
}
