import type { TradeColumns } from '#shared/jobs/evaluate-types.ts'
import type { Fills } from './fills.ts'

/**
 * The closed trades behind a set of positions, in time order. A trade's return is on its own tranche at its size, less costs on both
 * sides as if it stood alone: what netting with other trades saves is the portfolio's, not any one trade's.
 * @param foldOf fold of each row of the table
 */
export function listTrades(
  fills: Fills,
  rows: Int32Array,
  position: Float64Array,
  costRate: number,
  foldOf: Int32Array,
): TradeColumns {
  const traded = rows.filter((i) => position[i]! !== 0 && fills.first[i]! >= 0)
  const column = (read: (row: number) => number) => Float64Array.from(traded, read)
  return {
    entryTs: column((i) => fills.entryTs[i]!),
    exitTs: column((i) => fills.exitTs[i]!),
    side: Int8Array.from(traded, (i) => Math.sign(position[i]!)),
    size: column((i) => Math.abs(position[i]!)),
    entry: column((i) => fills.entry[i]!),
    exit: column((i) => fills.exit[i]!),
    ret: column((i) => position[i]! * fills.ret[i]! - Math.abs(position[i]!) * 2 * costRate),
    fold: Int32Array.from(traded, (i) => foldOf[i]!),
    row: traded,
  }
}
