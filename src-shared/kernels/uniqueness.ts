/**
 * Average uniqueness of each life over the bars it spans (López de Prado 2018, 4.3–4.4): the mean over those bars of one over the
 * number of lives present. O(lives + bars).
 * @param first first bar of each life, −1 for none
 * @param last last bar of each life, inclusive
 * @param out one value in (0, 1] per life, 0 where there is none
 */
export function averageUniqueness(
  first: Int32Array,
  last: Int32Array,
  bars: number,
  out: Float64Array,
): void {
  const alive = new Int32Array(bars + 1)
  for (let i = 0; i < first.length; i++) {
    if (first[i]! < 0 || last[i]! < first[i]!) continue
    alive[first[i]!]!++
    alive[last[i]! + 1]!--
  }
  const shares = new Float64Array(bars + 1)
  let present = 0
  for (let b = 0; b < bars; b++) {
    present += alive[b]!
    shares[b + 1] = shares[b]! + (present > 0 ? 1 / present : 0)
  }
  for (let i = 0; i < first.length; i++) {
    const begin = first[i]!
    const end = last[i]!
    out[i] = begin < 0 || end < begin ? 0 : (shares[end + 1]! - shares[begin]!) / (end - begin + 1)
  }
}

/**
 * Sample weights from label lives: average uniqueness scaled to mean 1 over labelled rows, 0 without a label. A label decided at
 * the close of a bar earns from the next bar on, so its life is bar + 1 … exitBar and neighbouring one-bar labels do not overlap.
 * @param bar bar at whose close each row is decided
 * @param exitBar bar at which its label ends, −1 without a label
 */
export function uniquenessWeights(bar: Int32Array, exitBar: Int32Array, bars: number): Float64Array {
  const rows = bar.length
  const first = new Int32Array(rows)
  for (let i = 0; i < rows; i++) first[i] = exitBar[i]! < 0 ? -1 : bar[i]! + 1
  const weight = new Float64Array(rows)
  averageUniqueness(first, exitBar, bars, weight)
  let sum = 0
  let labelled = 0
  for (let i = 0; i < rows; i++) {
    if (weight[i]! === 0) continue
    sum += weight[i]!
    labelled++
  }
  for (let i = 0; i < rows; i++) weight[i] = weight[i]! === 0 ? 0 : (weight[i]! * labelled) / sum
  return weight
}
