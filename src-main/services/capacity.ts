import type { CapacityFigures } from '#shared/catalog/gates/define.ts'
import type { TradeColumns } from '#shared/jobs/evaluate-types.ts'
import type { Matrix, PricePath } from '#shared/jobs/matrix-types.ts'

/** Capital on which orders are sized for the capacity check. */
const CAPITAL = 100_000
const VOLUME_SESSIONS = 20

/**
 * What the signals of a run would have met in the market: medians over the contracts at their decisions, the share of
 * contracts that traded within 5 minutes, and the largest order against the 20-day median dollar volume before it.
 * @param keptRows matrix rows of the scored rows that trades name
 * @param horizonBars trades alive at once: each order is that share of the capital
 */
export function measureCapacity(
  matrix: Matrix,
  path: PricePath,
  trades: TradeColumns,
  keptRows: Int32Array,
  horizonBars: number,
): CapacityFigures {
  const rows = Int32Array.from(trades.row, (row) => keptRows[row]!)
  const contract = (name: string) => {
    const column = matrix.columns[matrix.features.indexOf(`contract_${name}`)]
    return column ? Float64Array.from(rows, (row) => column[row]!) : new Float64Array(0)
  }
  return {
    spread: medianOf(contract('spread')),
    open_interest: medianOf(contract('oi')),
    volume: medianOf(contract('volume')),
    fill_rate: matrix.contractFilled
      ? meanOf(Float64Array.from(rows, (row) => matrix.contractFilled![row]!))
      : null,
    adv: largestOrderShare(matrix, path, trades, rows, horizonBars),
  }
}

/** Median of the known values; null where there is none. */
export function medianOf(values: Float64Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  if (known.length === 0) return null
  const middle = known.length >> 1
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2
}

function meanOf(values: Float64Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

function largestOrderShare(
  matrix: Matrix,
  path: PricePath,
  trades: TradeColumns,
  rows: Int32Array,
  horizonBars: number,
): number | null {
  const { first, dollars } = dollarVolumes(path)
  let largest: number | null = null
  for (let t = 0; t < rows.length; t++) {
    const day = matrix.session[rows[t]!]! - first
    const median = medianOf(dollars.subarray(Math.max(0, day - VOLUME_SESSIONS), day))
    if (median === null || !(median > 0)) continue
    const share = (CAPITAL * trades.size[t]!) / horizonBars / median
    if (largest === null || share > largest) largest = share
  }
  return largest
}

/** Dollar volume by session from the first session of the path; NaN where a session has no bars. */
function dollarVolumes({ bars, session, close, volume }: PricePath): {
  first: number
  dollars: Float64Array
} {
  const first = session[0] ?? 0
  const dollars = new Float64Array((session[bars - 1] ?? first) - first + 1).fill(Number.NaN)
  for (let bar = 0; bar < bars; bar++) {
    const day = session[bar]! - first
    const value = close[bar]! * volume[bar]!
    dollars[day] = Number.isNaN(dollars[day]!) ? value : dollars[day]! + value
  }
  return { first, dollars }
}
