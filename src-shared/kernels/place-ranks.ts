/**
 * Moves values so that at each of the ascending `ranks` stands what would stand there if all were sorted (quickselect, Hoare
 * 1961, one rank after the other in halves). The values must hold no NaN.
 */
export function placeRanks(values: Float64Array, ranks: readonly number[]): void {
  place(values, 0, values.length - 1, ranks, 0, ranks.length)
}

function place(
  x: Float64Array,
  low: number,
  high: number,
  ranks: readonly number[],
  from: number,
  to: number,
): void {
  if (from >= to || low >= high) return
  const middle = (from + to) >> 1
  const rank = ranks[middle]!
  select(x, rank, low, high)
  place(x, low, rank - 1, ranks, from, middle)
  place(x, rank + 1, high, ranks, middle + 1, to)
}

function select(x: Float64Array, rank: number, low: number, high: number): void {
  while (low < high) {
    const pivot = medianOf(x[low]!, x[(low + high) >> 1]!, x[high]!)
    let i = low
    let j = high
    while (i <= j) {
      while (x[i]! < pivot) i++
      while (x[j]! > pivot) j--
      if (i > j) break
      const kept = x[i]!
      x[i++] = x[j]!
      x[j--] = kept
    }
    if (rank <= j) high = j
    else if (rank >= i) low = i
    else return
  }
}

function medianOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
