/** Below this many values comparing is quicker than sorting by digits. */
const FEW = 4096
/** So few that the places of all buckets stay in the nearest cache. */
const DIGIT_BITS = 11
const BUCKETS = 1 << DIGIT_BITS

/** Indices of the values in ascending order, equal ones in their own; −0 comes before 0. The values must hold no NaN. */
export function orderOf(x: Float64Array): Uint32Array {
  const n = x.length
  const first = new Uint32Array(n)
  for (let i = 0; i < n; i++) first[i] = i
  if (n < FEW) return first.sort((a, b) => x[a]! - x[b]! || a - b)
  const [low, high] = keysOf(x)
  let order = first
  let next = new Uint32Array(n)
  const counts = new Uint32Array(BUCKETS)
  const shifts = [0, DIGIT_BITS, 2 * DIGIT_BITS]
  for (const [word, shift] of [low, high].flatMap((half) => shifts.map((by) => [half, by] as const))) {
    counts.fill(0)
    for (let i = 0; i < n; i++) counts[(word[i]! >>> shift) & (BUCKETS - 1)]!++
    // A digit that all share orders nothing.
    if (counts[(word[0]! >>> shift) & (BUCKETS - 1)] === n) continue
    let place = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const size = counts[bucket]!
      counts[bucket] = place
      place += size
    }
    for (let k = 0; k < n; k++) {
      const i = order[k]!
      next[counts[(word[i]! >>> shift) & (BUCKETS - 1)]!++] = i
    }
    ;[order, next] = [next, order]
  }
  return order
}

/** Lower and upper half of integers that are in the order of the doubles: all bits turned of negative ones, the sign of others. */
function keysOf(x: Float64Array): [low: Uint32Array, high: Uint32Array] {
  const words = new Uint32Array(x.buffer, x.byteOffset, 2 * x.length)
  const low = new Uint32Array(x.length)
  const high = new Uint32Array(x.length)
  for (let i = 0; i < x.length; i++) {
    const top = words[2 * i + 1]!
    const turn = top >>> 31 === 1 ? 0xffffffff : 0
    low[i] = words[2 * i]! ^ turn
    high[i] = top ^ (turn | 0x80000000)
  }
  return [low, high]
}
