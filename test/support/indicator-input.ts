import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BarColumns, IndicatorInput, SideSeries } from '#shared/catalog/indicators/define.ts'
import { chainOf, syntheticSnapshots } from './indicator-chain.ts'

const minuteMs = 60_000

/** Uniform numbers in (0, 1) from a 32-bit state (Park & Miller 1988, multiplier 48271). */
export function seededRandom(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/**
 * Synthetic bars on real sessions from 2024-10-01 on (half days on 2024-11-29 and 2024-12-24, an unplanned close on 2025-01-09):
 * 5-minute bars of a random walk, folded to the cadence and to days, with index levels, option flow and hourly option chains.
 */
export function indicatorInput(cadence: 'hourly' | 'daily', sessions: number, seed = 7): IndicatorInput {
  const random = seededRandom(seed)
  const first = sessionOfDate('2024-10-01')
  const fine = fineBars(first, sessions, random)
  const isDaily = cadence === 'daily'
  const days = fold(fine, (k) => fine.session[k]!)
  const hours = fold(fine, (k) => hourStart(fine.ts[k]! - minuteMs))
  const bars = isDaily ? days : hours
  const snapshots = syntheticSnapshots(hours.ts, hours.session, hours.close, seededRandom(seed + 1))
  const rows = bars.length
  const hourEt = new Int32Array(rows).fill(-1)
  if (!isDaily) for (let i = 0; i < rows; i++) hourEt[i] = hourOfBar(bars.ts[i]!, bars.session[i]!)
  const dailyAsOf = Int32Array.from(bars.session, (session) => session - first)
  const vixBySession = Float64Array.from({ length: sessions + 1 }, () => 14 + 8 * random())
  const level = (scale: number) =>
    Float64Array.from(bars.session, (session) => scale * vixBySession[session - first + (isDaily ? 1 : 0)]!)
  const counts = () => Float64Array.from({ length: rows }, () => 500 + Math.floor(5000 * random()))
  return {
    ...bars,
    rows,
    cadence,
    hourEt,
    daily: { ...days, asOf: dailyAsOf },
    intraday: { ...fine, asOf: knownBars(fine.ts, bars.ts) },
    index: { vix: level(1), vix9d: level(0.95), vix3m: level(1.1), vix6m: level(1.15) },
    flow: { callsSold: counts(), putsSold: counts(), callsPremium: counts(), putsPremium: counts() },
    chain: chainOf(snapshots, bars.ts),
  }
}

/** An input of daily bars alone, for published series that come without times: bar i is session i of the calendar. */
export function inputOfBars(bars: Omit<BarColumns, 'vwap'>): IndicatorInput {
  const rows = bars.close.length
  const columns = { ...bars, vwap: new Float64Array(rows).fill(Number.NaN) }
  const ts = sessionClose.slice(0, rows)
  const session = Int32Array.from({ length: rows }, (_, i) => i)
  return {
    ...columns,
    rows,
    cadence: 'daily',
    ts,
    session,
    hourEt: new Int32Array(rows).fill(-1),
    daily: { ...columns, length: rows, ts, session, asOf: session },
    intraday: null,
    index: null,
    flow: null,
    chain: null,
  }
}

type Bars = Omit<SideSeries, 'asOf'>

function emptyBars(length: number): Bars {
  const column = () => new Float64Array(length)
  return {
    length,
    ts: column(),
    session: new Int32Array(length),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    vwap: column(),
  }
}

function fineBars(first: number, sessions: number, random: () => number): Bars {
  const counts = Array.from({ length: sessions }, (_, s) => {
    return (sessionClose[first + s]! - sessionOpen[first + s]!) / (5 * minuteMs)
  })
  const bars = emptyBars(counts.reduce((sum, count) => sum + count, 0))
  let price = 100
  let i = 0
  for (let s = 0; s < sessions; s++) {
    price *= 1 + 0.01 * (random() - 0.5)
    for (let k = 1; k <= counts[s]!; k++, i++) {
      const open = price
      price *= 1 + 0.004 * (random() - 0.5)
      bars.ts[i] = sessionOpen[first + s]! + k * 5 * minuteMs
      bars.session[i] = first + s
      bars.open[i] = open
      bars.close[i] = price
      bars.high[i] = Math.max(open, price) * (1 + 0.001 * random())
      bars.low[i] = Math.min(open, price) * (1 - 0.001 * random())
      bars.volume[i] = 1000 + Math.floor(9000 * random())
      bars.vwap[i] = (open + price) / 2
    }
  }
  return bars
}

function fold(fine: Bars, keyOf: (bar: number) => number): Bars {
  const starts: number[] = []
  for (let k = 0; k < fine.length; k++) if (k === 0 || keyOf(k) !== keyOf(k - 1)) starts.push(k)
  const bars = emptyBars(starts.length)
  for (const [i, from] of starts.entries()) {
    const end = starts[i + 1] ?? fine.length
    let money = 0
    for (let k = from; k < end; k++) {
      bars.volume[i] = bars.volume[i]! + fine.volume[k]!
      money += fine.volume[k]! * fine.vwap[k]!
    }
    bars.ts[i] = fine.ts[end - 1]!
    bars.session[i] = fine.session[from]!
    bars.open[i] = fine.open[from]!
    bars.close[i] = fine.close[end - 1]!
    bars.high[i] = Math.max(...fine.high.subarray(from, end))
    bars.low[i] = Math.min(...fine.low.subarray(from, end))
    bars.vwap[i] = money / bars.volume[i]!
  }
  return bars
}

const hourStart = (ts: number) => Math.floor(ts / (60 * minuteMs))

function hourOfBar(close: number, session: number): number {
  return Math.floor((9.5 * 60 + (close - minuteMs - sessionOpen[session]!) / minuteMs) / 60)
}

function knownBars(ts: Float64Array, decisions: Float64Array): Int32Array {
  const asOf = new Int32Array(decisions.length)
  let known = 0
  for (let i = 0; i < decisions.length; i++) {
    while (known < ts.length && ts[known]! <= decisions[i]!) known++
    asOf[i] = known
  }
  return asOf
}
