import type { TradeColumns } from '#shared/jobs/evaluate-types.ts'
import type { Fills } from './fills.ts'

/**
 * Return of a trade on its own tranche at its size, less costs on both sides as if it stood alone: what netting with other trades saves
 * is the portfolio's, not any one trade's.
 */
export const netReturn = (position: number, ret: number, costRate: number): number =>
  position * ret - Math.abs(position) * 2 * costRate

/**
 * The closed trades behind a set of positions, in time order.
 * @param foldOf fold of each row of the table
 */
export function listTrades(
  fills: Fills,
  rows: Int32Array,
  position: Float64Array,
  costRate: number,
  foldOf: Int32Array,
): TradeColumns {
  let count = 0
  const traded = new Int32Array(rows.length)
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k]!
    if (position[i]! !== 0 && fills.first[i]! >= 0) traded[count++] = i
  }
  const column = () => new Float64Array(count)
  const trades: TradeColumns = {
    entryTs: column(),
    exitTs: column(),
    side: new Int8Array(count),
    size: column(),
    entry: column(),
    exit: column(),
    ret: column(),
    fold: new Int32Array(count),
    row: traded.slice(0, count),
  }
  for (let t = 0; t < count; t++) {
    const i = traded[t]!
    trades.entryTs[t] = fills.entryTs[i]!
    trades.exitTs[t] = fills.exitTs[i]!
    trades.side[t] = Math.sign(position[i]!)
    trades.size[t] = Math.abs(position[i]!)
    trades.entry[t] = fills.entry[i]!
    trades.exit[t] = fills.exit[i]!
    trades.ret[t] = netReturn(position[i]!, fills.ret[i]!, costRate)
    trades.fold[t] = foldOf[i]!
  }
  return trades
}
