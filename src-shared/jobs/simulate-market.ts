import type { BarSeries, IndexSeries } from './build-matrix.ts'
import { defineJob } from './define.ts'
import type { ChainTable, OptionMinutes } from './market-types.ts'

export interface SimulateMarketInput {
  seed: number
  /** First and last session, YYYY-MM-DD. */
  firstDate: string
  lastDate: string
}

/** A made-up market: an index fund with options, one stock, and the volatility index levels that go with them. */
export interface SimulateMarketResult {
  /** 5-minute bars of the fund and of the stock. */
  fund: BarSeries
  stock: BarSeries
  index: IndexSeries
  chain: ChainTable
  optionMinutes: OptionMinutes
}

export const simulateMarketJob = defineJob<SimulateMarketInput, SimulateMarketResult>(
  'simulate-market',
  'Simulate sample market',
)
