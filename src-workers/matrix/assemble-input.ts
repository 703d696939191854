import type { IndexLevels, IndicatorInput, SideSeries } from '#shared/catalog/indicators/define.ts'
import type { BarSeries, BuildMatrixInput, IndexSeries } from '#shared/jobs/build-matrix.ts'
import { flowByRow } from './flow-columns.ts'

/** Lines up every series of a build with its rows: what each row may know is counted in `asOf`. */
export function assembleInput(build: BuildMatrixInput): IndicatorInput {
  const { bars } = build
  return {
    rows: bars.length,
    cadence: build.cadence,
    ts: bars.ts,
    session: bars.session,
    hourEt: build.hourEt,
    open: bars.open,
    high: bars.high,
    low: bars.low,
    close: bars.close,
    volume: bars.volume,
    vwap: bars.vwap,
    daily: withAsOf(build.daily, countBefore(build.daily.session, bars.session)),
    intraday: build.intraday && withAsOf(build.intraday, countUpTo(build.intraday.ts, bars.ts)),
    index: build.index && levelsByRow(build.index, build),
    flow: build.flow && flowByRow(build.flow, bars.session, build.hourEt),
    chain: build.chain && { ...build.chain, asOf: countUpTo(build.chain.ts, bars.ts) },
  }
}

function withAsOf({ openTs: _, ...series }: BarSeries, asOf: Int32Array): SideSeries {
  return { ...series, asOf }
}

/** Per row: how many entries of ascending `times` are at or before the row's time. */
function countUpTo(times: Float64Array, rowTimes: Float64Array): Int32Array {
  const counts = new Int32Array(rowTimes.length)
  let known = 0
  for (let row = 0; row < rowTimes.length; row++) {
    while (known < times.length && times[known]! <= rowTimes[row]!) known++
    counts[row] = known
  }
  return counts
}

/** Per row: how many daily bars belong to sessions before the row's. */
function countBefore(sessions: Int32Array, rowSessions: Int32Array): Int32Array {
  const counts = new Int32Array(rowSessions.length)
  let known = 0
  for (let row = 0; row < rowSessions.length; row++) {
    while (known < sessions.length && sessions[known]! < rowSessions[row]!) known++
    counts[row] = known
  }
  return counts
}

/** A row decided at its session's close or later sees that session's level; any other sees the previous session's. */
function levelsByRow(index: IndexSeries, { bars, cadence, sessionClose }: BuildMatrixInput): IndexLevels {
  const at = new Int32Array(bars.length)
  let known = 0
  for (let row = 0; row < bars.length; row++) {
    const seesOwnSession = cadence === 'daily' && bars.ts[row]! >= sessionClose[row]!
    const newest = bars.session[row]! - (seesOwnSession ? 0 : 1)
    while (known < index.length && index.session[known]! <= newest) known++
    // A gap in the index series must not serve last month's level as today's.
    at[row] = known > 0 && newest - index.session[known - 1]! <= 1 ? known - 1 : -1
  }
  const pick = (levels: Float64Array) => {
    const out = new Float64Array(bars.length)
    for (let row = 0; row < out.length; row++) out[row] = at[row]! < 0 ? Number.NaN : levels[at[row]!]!
    return out
  }
  return {
    vix: pick(index.vix),
    vix9d: pick(index.vix9d),
    vix3m: pick(index.vix3m),
    vix6m: pick(index.vix6m),
  }
}
