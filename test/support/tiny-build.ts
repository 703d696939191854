import { emptyBars } from '#main/lake/resample-bars.ts'
import { hourEnd, lastHourEt } from '#main/lake/session-hours.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BarSeries, BuildMatrixInput, FlowSeries } from '#shared/jobs/build-matrix.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import { createRandom } from '#shared/kernels/random.ts'

/** Around Thanksgiving 2023: the fourth session is a half day. */
export const firstSession = sessionOfDate('2023-11-20')

/** Bars that end at the given times, with seeded prices. */
export function barsAt(times: { session: number; openTs: number; ts: number }[], seed = 1): BarSeries {
  const random = createRandom(seed)
  const bars = emptyBars(times.length)
  let price = 100
  times.forEach(({ session, openTs, ts }, i) => {
    bars.session[i] = session
    bars.openTs[i] = openTs
    bars.ts[i] = ts
    bars.open[i] = price * (1 + random.nextGaussian() * 0.002)
    price *= 1 + random.nextGaussian() * 0.01
    bars.close[i] = price
    bars.high[i] = Math.max(bars.open[i]!, price) * 1.001
    bars.low[i] = Math.min(bars.open[i]!, price) * 0.999
    bars.volume[i] = 1000 + Math.floor(random.next() * 1000)
    bars.vwap[i] = price
  })
  return bars
}

export function dailyTimes(sessions: number, first = firstSession) {
  return Array.from({ length: sessions }, (_, i) => ({
    session: first + i,
    openTs: sessionOpen[first + i]!,
    ts: sessionClose[first + i]!,
  }))
}

export function hourlyTimes(sessions: number, first = firstSession) {
  return dailyTimes(sessions, first).flatMap(({ session, openTs }) => {
    const hours = Array.from({ length: lastHourEt(session) - 8 }, (_, h) => 9 + h)
    return hours.map((hour) => ({
      session,
      hour,
      openTs: Math.max(openTs, hourEnd(session, hour - 1)),
      ts: Math.min(hourEnd(session, hour), sessionClose[session]!),
    }))
  })
}

/** A build without side series, on hourly bars or daily ones, over all sessions but the first `history`. */
export function tinyBuild(
  cadence: 'hourly' | 'daily',
  sessions: number,
  changes: Partial<BuildMatrixInput> = {},
  history = 0,
): BuildMatrixInput {
  const times = cadence === 'daily' ? dailyTimes(sessions) : hourlyTimes(sessions)
  const bars = barsAt(times)
  return {
    cadence,
    barsPerSession: cadence === 'daily' ? 1 : 7,
    bars,
    hourEt: Int32Array.from(times, (each) => ('hour' in each ? (each.hour as number) : -1)),
    trueBars: bars,
    sessionClose: Float64Array.from(bars.session, (s) => sessionClose[s]!),
    nextSessionOpen: Float64Array.from(bars.session, (s) => sessionOpen[s + 1]!),
    firstRow: bars.session.findIndex((s) => s >= firstSession + history),
    endRow: bars.length,
    daily: barsAt(dailyTimes(sessions), 2),
    intraday: null,
    index: null,
    flow: null,
    chain: null,
    flowBlock: null,
    contractColumns: false,
    indicators: ['rsi__period=5'],
    label: { id: 'next_bar_updown', params: { horizon: 1, fixed_bp: 20 } },
    hoursFilter: null,
    ...changes,
  }
}

/** Flow of every clock hour, distances −1 … 1, with counts that say where they come from. */
export function tinyFlow(sessions: number): FlowSeries {
  const hours = hourlyTimes(sessions)
  const cells = (sign: number) =>
    Float64Array.from(
      { length: hours.length * 3 },
      (_, cell) => sign * (100 * (1 + Math.floor(cell / 3)) + (cell % 3)),
    )
  return {
    groups: hours.length,
    distanceMax: 1,
    session: Int32Array.from(hours, ({ session }) => session),
    hourEt: Int32Array.from(hours, ({ hour }) => hour),
    previousClose: Float64Array.from(hours, ({ session }) => session - firstSession + 400.4),
    callsSold: cells(1),
    putsSold: cells(2),
    callsPremium: cells(10),
    putsPremium: cells(30),
  }
}

/** A matrix of daily rows with the given columns; what is not given is ordinary. */
export function tinyMatrix(
  columns: Record<string, ArrayLike<number>>,
  changes: Partial<Matrix> = {},
): Matrix {
  const data = Object.values(columns).map((values) => Float64Array.from(values))
  const rows = data[0]?.length ?? changes.rows ?? 0
  const { session, ts, open, high, low, close, volume } = barsAt(dailyTimes(rows))
  return {
    rows,
    cadence: 'daily',
    ts,
    session,
    hourEt: new Int32Array(rows).fill(-1),
    ...{ open, high, low, close, volume },
    features: Object.keys(columns),
    columns: data,
    classes: ['DOWN', 'FLAT', 'UP'],
    y: new Int8Array(rows).fill(2),
    retFwd: new Float64Array(rows).fill(0.01),
    t1: Float64Array.from(ts, (each) => each + 1),
    bar: Int32Array.from(ts, (_, i) => i),
    exitBar: Int32Array.from(ts, (_, i) => i + 1),
    contractFilled: null,
    ...changes,
  }
}
