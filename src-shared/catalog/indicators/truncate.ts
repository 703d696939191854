import type { BarColumns, ChainSeries, IndicatorInput, SideSeries } from './define.ts'

/**
 * What was known at the decision of row `rows` − 1: the first `rows` rows, and every side series cut after its last bar known
 * then. An indicator that reads no future gives the same values for these rows before and after. Shares memory with `input`.
 * @param rows 1 … input.rows
 */
export function truncateInput(input: IndicatorInput, rows: number): IndicatorInput {
  const { daily, intraday, index, flow, chain } = input
  return {
    ...cutBars(input, rows),
    rows,
    cadence: input.cadence,
    ts: input.ts.subarray(0, rows),
    session: input.session.subarray(0, rows),
    hourEt: input.hourEt.subarray(0, rows),
    daily: cutSide(daily, rows),
    intraday: intraday && cutSide(intraday, rows),
    index: index && {
      vix: index.vix.subarray(0, rows),
      vix9d: index.vix9d.subarray(0, rows),
      vix3m: index.vix3m.subarray(0, rows),
      vix6m: index.vix6m.subarray(0, rows),
    },
    flow: flow && {
      callsSold: flow.callsSold.subarray(0, rows),
      putsSold: flow.putsSold.subarray(0, rows),
      callsPremium: flow.callsPremium.subarray(0, rows),
      putsPremium: flow.putsPremium.subarray(0, rows),
    },
    chain: chain && cutChain(chain, rows),
  }
}

function cutBars(bars: BarColumns, length: number): BarColumns {
  return {
    open: bars.open.subarray(0, length),
    high: bars.high.subarray(0, length),
    low: bars.low.subarray(0, length),
    close: bars.close.subarray(0, length),
    volume: bars.volume.subarray(0, length),
    vwap: bars.vwap.subarray(0, length),
  }
}

function cutSide(side: SideSeries, rows: number): SideSeries {
  const length = side.asOf[rows - 1] ?? 0
  return {
    ...cutBars(side, length),
    length,
    ts: side.ts.subarray(0, length),
    session: side.session.subarray(0, length),
    asOf: side.asOf.subarray(0, rows),
  }
}

function cutChain(chain: ChainSeries, rows: number): ChainSeries {
  const snapshots = chain.asOf[rows - 1] ?? 0
  const quotes = chain.offset[snapshots] ?? 0
  return {
    snapshots,
    ts: chain.ts.subarray(0, snapshots),
    session: chain.session.subarray(0, snapshots),
    spot: chain.spot.subarray(0, snapshots),
    offset: chain.offset.subarray(0, snapshots + 1),
    strike: chain.strike.subarray(0, quotes),
    expiry: chain.expiry.subarray(0, quotes),
    isCall: chain.isCall.subarray(0, quotes),
    bid: chain.bid.subarray(0, quotes),
    ask: chain.ask.subarray(0, quotes),
    volume: chain.volume.subarray(0, quotes),
    openInterest: chain.openInterest.subarray(0, quotes),
    iv: chain.iv.subarray(0, quotes),
    delta: chain.delta.subarray(0, quotes),
    gamma: chain.gamma.subarray(0, quotes),
    asOf: chain.asOf.subarray(0, rows),
  }
}
