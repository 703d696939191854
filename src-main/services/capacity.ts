import type { CapacityFigures } from '#shared/catalog/gates/define.ts'
import type { TradeColumns } from '#shared/jobs/evaluate-types.ts'
import type { Matrix, PricePath } from '#shared/jobs/matrix-types.ts'

/** Capital on which orders are sized for the capacity check. */
const CAPITAL = 100_000
const VOLUME_SESSIONS = 20

/**
 * Tells what the signals of runs on the same rows would have met in the market: medians over the contracts at their decisions, the
 * share of contracts that traded within 5 minutes, and the largest order against the 20-day median dollar volume before it.
 * @param keptRows matrix rows of the scored rows that trades name
 * @param horizonBars trades alive at once: each order is that share of the capital
 */
export function createCapacityMeter(
  matrix: Matrix,
  path: PricePath,
  keptRows: Int32Array,
  horizonBars: number,
): (trades: TradeColumns) => CapacityFigures {
  const medianVolumeOf = createMedianVolume(path)
  return (trades) => {
    const rows = Int32Array.from(trades.row, (row) => keptRows[row]!)
    const contract = (name: string) => {
      const column = matrix.columns[matrix.features.indexOf(`contract_${name}`)]
      return column ? Float64Array.from(rows, (row) => column[row]!) : new Float64Array(0)
    }
    let adv: number | null = null
    for (let t = 0; t < rows.length; t++) {
      const median = medianVolumeOf(matrix.session[rows[t]!]!)
      if (median === null || !(median > 0)) continue
      const share = (CAPITAL * trades.size[t]!) / horizonBars / median
      if (adv === null || share > adv) adv = share
    }
    return {
      spread: medianOf(contract('spread')),
      open_interest: medianOf(contract('oi')),
      volume: medianOf(contract('volume')),
      fill_rate: matrix.contractFilled
        ? meanOf(Float64Array.from(rows, (row) => matrix.contractFilled![row]!))
        : null,
      adv,
    }
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

/** Median dollar volume of the 20 sessions before one, each found once. */
function createMedianVolume(path: PricePath): (session: number) => number | null {
  const { first, dollars } = dollarVolumes(path)
  const known = new Map<number, number | null>()
  return (session) => {
    const before = known.get(session)
    if (before !== undefined) return before
    const day = session - first
    const median = medianOf(dollars.subarray(Math.max(0, day - VOLUME_SESSIONS), day))
    known.set(session, median)
    return median
  }
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
