export interface HistogramBin {
  from: number
  to: number
  count: number
}

const fewestBins = 8
const mostBins = 40
const steps = [1, 2, 2.5, 5, 10]

/**
 * Counts of values in bars of one round width, of which one ends and the next begins at 0, so that no bar mixes gains with
 * losses. A value on an edge counts to the bar further from 0. The width follows Freedman and Diaconis (1981), within 8 to 40 bars.
 */
export function returnHistogram(values: Float64Array): HistogramBin[] {
  const sorted = Float64Array.from(values).sort()
  const low = sorted[0]
  const high = sorted[sorted.length - 1]
  if (low === undefined || high === undefined) return []
  const reach = Math.max(high, 0) - Math.min(low, 0)
  const middle = sorted[Math.floor(sorted.length * 0.75)]! - sorted[Math.floor(sorted.length * 0.25)]!
  // Returns of few sizes have no spread between the quartiles; they need no fine bars either.
  const wanted = middle > 0 ? (2 * middle) / Math.cbrt(sorted.length) : reach
  const width = roundUp(Math.min(reach / fewestBins, Math.max(reach / mostBins, wanted)))
  // Truncated towards 0, then one further out: an edge belongs to the bar beyond it.
  const placeOf = (value: number) => (value < 0 ? -1 : 1) * (Math.floor(Math.abs(value) / width) + 1)
  const first = Math.min(0, placeOf(low))
  const last = Math.max(0, placeOf(high))
  const places = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((place) => place !== 0)
  const counts = new Map<number, number>()
  for (const value of sorted) counts.set(placeOf(value), (counts.get(placeOf(value)) ?? 0) + 1)
  return places.map((place) => {
    const near = (Math.abs(place) - 1) * width
    const far = Math.abs(place) * width
    return {
      from: place < 0 ? -far : near,
      to: place < 0 ? -near : far,
      count: counts.get(place) ?? 0,
    }
  })
}

/** The next round number: 1, 2, 2.5 or 5 times a power of ten. */
function roundUp(width: number): number {
  if (!(width > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(width))
  return power * (steps.find((step) => step * power >= width * (1 - 1e-12)) ?? 10)
}
