/** Knots of a non-decreasing line, x strictly ascending. */
export interface IsotonicFit {
  x: Float64Array
  y: Float64Array
}

/**
 * Grid on which scores are tied. Two knots closer than this would make a slope so steep that the last bit of a score, which
 * may differ between this code and onnxruntime, would show in the result.
 */
const GRID = 1e8

/**
 * Weighted isotonic regression of 0/1 targets on scores by pooling adjacent violators (Ayer et al. 1955). Scores equal on a
 * grid of 1e-8 are one point. Each pooled block gives a knot at its first and its last score.
 */
export function fitIsotonic(score: Float64Array, isTarget: Uint8Array, weights: Float64Array): IsotonicFit {
  const grid = score.map((s) => Math.round(s * GRID))
  const order = Int32Array.from(score, (_, i) => i).sort((i, j) => grid[i]! - grid[j]! || i - j)
  const first = new Float64Array(score.length)
  const last = new Float64Array(score.length)
  const hits = new Float64Array(score.length)
  const mass = new Float64Array(score.length)
  let blocks = 0
  for (let i = 0; i < order.length; ) {
    const at = grid[order[i]!]!
    let hit = 0
    let weight = 0
    for (; i < order.length && grid[order[i]!] === at; i++) {
      const r = order[i]!
      weight += weights[r]!
      if (isTarget[r] === 1) hit += weights[r]!
    }
    if (weight === 0) continue
    first[blocks] = at
    last[blocks] = at
    hits[blocks] = hit
    mass[blocks] = weight
    blocks++
    while (blocks > 1 && hits[blocks - 2]! / mass[blocks - 2]! >= hits[blocks - 1]! / mass[blocks - 1]!) {
      blocks--
      last[blocks - 1] = last[blocks]!
      hits[blocks - 1]! += hits[blocks]!
      mass[blocks - 1]! += mass[blocks]!
    }
  }
  const x: number[] = []
  const y: number[] = []
  for (let b = 0; b < blocks; b++) {
    const level = hits[b]! / mass[b]!
    x.push(first[b]! / GRID)
    y.push(level)
    if (last[b]! > first[b]!) {
      x.push(last[b]! / GRID)
      y.push(level)
    }
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y) }
}

/** Value of the line at x: linear between knots, constant outside. */
export function interpolateKnots(fit: IsotonicFit, x: number): number {
  const { x: knots, y } = fit
  const last = knots.length - 1
  if (x <= knots[0]!) return y[0]!
  if (x >= knots[last]!) return y[last]!
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (knots[middle]! <= x) low = middle
    else high = middle
  }
  return y[low]! + ((x - knots[low]!) * (y[high]! - y[low]!)) / (knots[high]! - knots[low]!)
}
