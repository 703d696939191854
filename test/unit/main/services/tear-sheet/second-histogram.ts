/** Widths a bar may have, ascending: 1, 2, 2.5 and 5 times every power of ten. */
const widths = Array.from({ length: 16 }, (_, i) =>
  [1, 2, 2.5, 5].map((step) => step * 10 ** (i - 12)),
).flat()

/**
 * The bars of a histogram as they are defined: the narrowest round width that is at least Freedman and Diaconis', of 8 to 40 bars over
 * the values and 0, and every value looked for in every bar.
 */
export function barsOf(values: readonly number[]): { from: number; to: number; count: number }[] {
  if (values.length === 0) return []
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(values.length * share)]!
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const spread = at(0.75) - at(0.25)
  const freedman = spread > 0 ? (2 * spread) / values.length ** (1 / 3) : high - low
  const wanted = Math.min((high - low) / 8, Math.max((high - low) / 40, freedman))
  const width = widths.find((each) => each >= wanted * (1 - 1e-12))!
  const below = low < 0 ? Math.floor(-low / width) + 1 : 0
  const above = high > 0 ? Math.floor(high / width) + 1 : 0
  return Array.from({ length: below + above }, (_, i) => {
    const [from, to] = [(i - below) * width, (i - below + 1) * width]
    // An edge counts to the bar further from 0.
    const isInside = (r: number) => (from < 0 ? from < r && r <= to : from <= r && r < to)
    return { from, to, count: values.filter(isInside).length }
  })
}
