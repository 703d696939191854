import type { ChainSeries } from '#shared/catalog/indicators/define.ts'

/** Option chain snapshots as the lake stores them: with the Greeks that indicators do not read. */
export interface ChainTable extends Omit<ChainSeries, 'asOf'> {
  /** Per 1.00 of volatility. */
  vega: Float64Array
  /** Per year. */
  theta: Float64Array
}

/** Minutes in which an option of the same-day expiry traded. */
export interface OptionMinutes {
  rows: number
  /** End of the minute, epoch ms UTC. */
  ts: Float64Array
  session: Int32Array
  strike: Float64Array
  isCall: Uint8Array
  /** Contracts. */
  volume: Int32Array
  /** Dollars per share of the underlying (a contract is 100). */
  vwap: Float64Array
  transactions: Int32Array
}
