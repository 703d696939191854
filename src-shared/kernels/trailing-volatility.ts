/** A volatility from fewer returns than this is not worth a label. */
export const volatilityWarmup = 20

/**
 * Volatility of one bar as known at its close: root of the exponentially weighted mean of squared returns, mean taken as 0
 * (RiskMetrics 1996), weights normalised. Missing returns are left out; NaN until `volatilityWarmup` returns are known. O(n).
 * @param session where given, the first bar of a session counts from its open: the night is not part of an intraday label
 */
export function trailingVolatility(
  open: Float64Array,
  close: Float64Array,
  session: Int32Array | null,
  halfLifeBars: number,
  out: Float64Array,
): void {
  const decay = 0.5 ** (1 / halfLifeBars)
  let squares = 0
  let weights = 0
  let known = 0
  for (let i = 0; i < out.length; i++) {
    const newSession = session !== null && (i === 0 || session[i]! !== session[i - 1]!)
    const before = newSession ? open[i]! : i === 0 ? Number.NaN : close[i - 1]!
    const change = close[i]! / before - 1
    if (before > 0 && close[i]! > 0 && Number.isFinite(change)) {
      squares = squares * decay + change * change
      weights = weights * decay + 1
      known++
    }
    out[i] = known < volatilityWarmup ? Number.NaN : Math.sqrt(squares / weights)
  }
}
