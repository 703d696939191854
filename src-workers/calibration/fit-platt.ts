/** p = 1 / (1 + exp(−(a·z + b))). */
export interface PlattFit {
  a: number
  b: number
}

/**
 * Platt's sigmoid on scores z with his smoothed targets, by the damped Newton method of Lin, Lin & Weng (2007), weighted.
 * `isTarget` is 1 where the row is of the class. The signs are turned so that a is positive for a score that is right; it is never
 * negative: out-of-fold scores that rank backwards (a constant model scores each row by the other rows' base rate, which is
 * low where the row's own is high) say that the model knows nothing, not that its opposite is true. Then p is the base rate.
 */
export function fitPlatt(z: Float64Array, isTarget: Uint8Array, weights: Float64Array): PlattFit {
  let positive = 0
  let negative = 0
  for (let i = 0; i < z.length; i++) {
    if (isTarget[i] === 1) positive += weights[i]!
    else negative += weights[i]!
  }
  const high = (positive + 1) / (positive + 2)
  const low = 1 / (negative + 2)
  const target = Float64Array.from(isTarget, (t) => (t === 1 ? high : low))

  let a = 0
  let b = Math.log((positive + 1) / (negative + 1))
  let loss = plattLoss(z, target, weights, a, b)
  for (let step = 0; step < 100; step++) {
    let ga = 0
    let gb = 0
    // A little on the diagonal keeps the system solvable when all scores are equal.
    let haa = 1e-12
    let hbb = 1e-12
    let hab = 0
    for (let i = 0; i < z.length; i++) {
      const p = 1 / (1 + Math.exp(-(a * z[i]! + b)))
      const w = weights[i]!
      const d = w * (p - target[i]!)
      const h = w * p * (1 - p)
      ga += d * z[i]!
      gb += d
      haa += h * z[i]! * z[i]!
      hab += h * z[i]!
      hbb += h
    }
    if (Math.abs(ga) < 1e-9 && Math.abs(gb) < 1e-9) break
    const determinant = haa * hbb - hab * hab
    const da = -(hbb * ga - hab * gb) / determinant
    const db = -(haa * gb - hab * ga) / determinant
    const slope = ga * da + gb * db
    let size = 1
    let next = plattLoss(z, target, weights, a + da, b + db)
    while (!(next <= loss + 1e-4 * size * slope) && size > 1e-10) {
      size /= 2
      next = plattLoss(z, target, weights, a + size * da, b + size * db)
    }
    if (size <= 1e-10) break
    // Near the minimum the loss is known to its rounding only, and what is left of a step changes nothing: nor would the next ones.
    if (a + size * da === a && b + size * db === b) break
    a += size * da
    b += size * db
    loss = next
  }
  if (a >= 0) return { a, b }
  const mean = weightedMean(target, weights)
  return { a: 0, b: Math.log(mean / (1 - mean)) }
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < values.length; i++) {
    sum += weights[i]! * values[i]!
    total += weights[i]!
  }
  return sum / total
}

function plattLoss(
  z: Float64Array,
  target: Float64Array,
  weights: Float64Array,
  a: number,
  b: number,
): number {
  let loss = 0
  for (let i = 0; i < z.length; i++) {
    const x = a * z[i]! + b
    // log(1 + exp(x)) without overflow.
    const softplus = x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
    loss += weights[i]! * (softplus - target[i]! * x)
  }
  return loss
}
