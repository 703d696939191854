import type { BarColumns, IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { typicalPrice } from './typical-price.ts'

/** Volume-weighted mean price since the session began, per bar; the bar's own price before any volume. */
function cumulativeVwap(
  price: Float64Array,
  volume: Float64Array,
  session: Int32Array,
  out: Float64Array,
): void {
  let money = 0
  let traded = 0
  for (let i = 0; i < out.length; i++) {
    if (i === 0 || session[i] !== session[i - 1]) {
      money = 0
      traded = 0
    }
    if (volume[i]! > 0 && !Number.isNaN(price[i]!)) {
      money += price[i]! * volume[i]!
      traded += volume[i]!
    }
    out[i] = traded > 0 ? money / traded : price[i]!
  }
}

/**
 * VWAP of the row's session up to its decision time. Intraday rows use the rows themselves; daily rows the session's 5-minute
 * bars where there are any, else the bar's own price. `column` vwap falls back to the typical price bar by bar.
 */
export function sessionVwap(input: IndicatorInput, column: keyof BarColumns, out: Float64Array): void {
  barPrice(input, column, out)
  if (input.cadence !== 'daily') {
    const price = out.slice()
    cumulativeVwap(price, input.volume, input.session, out)
    return
  }
  const fine = input.intraday
  if (fine === null) return
  const price = new Float64Array(fine.length)
  const running = new Float64Array(fine.length)
  barPrice(fine, column, price)
  cumulativeVwap(price, fine.volume, fine.session, running)
  for (let i = 0; i < out.length; i++) {
    const last = fine.asOf[i]! - 1
    if (last >= 0 && fine.session[last] === input.session[i]) out[i] = running[last]!
  }
}

/** A bar column as price; where `vwap` is missing, the typical price. */
export function barPrice(bars: BarColumns, column: keyof BarColumns, out: Float64Array): void {
  if (column !== 'vwap') {
    out.set(bars[column])
    return
  }
  typicalPrice(bars, out)
  for (let i = 0; i < out.length; i++) if (!Number.isNaN(bars.vwap[i]!)) out[i] = bars.vwap[i]!
}
