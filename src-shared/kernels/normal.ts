const rootOf2Pi = Math.sqrt(2 * Math.PI)
/** Beyond this the tail is summed on its own, so that it keeps its relative accuracy. */
const tailFrom = 3
const centralP = 0.02425

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / rootOf2Pi
}

/**
 * Distribution function of the standard normal, to 1e-15 absolute and, in the lower tail, 1e-13 relative: the power series of
 * Marsaglia (2004) in the middle, Laplace's continued fraction in the tails.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x > tailFrom) return 1 - upperTail(x)
  if (x < -tailFrom) return upperTail(-x)
  let term = x
  let sum = x
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (x * x) / k
    sum += term
  }
  return 0.5 + sum * normalDensity(x)
}

function upperTail(x: number): number {
  let fraction = x
  for (let k = 150; k >= 1; k--) fraction = x + k / fraction
  return normalDensity(x) / fraction
}

/**
 * Inverse of `normalCdf`: the rational approximation of Acklam (2003), then two Halley steps. ±Infinity at 0 and 1, NaN outside.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  if (p > 0.5) return -normalQuantile(1 - p)
  let x = p < centralP ? tailGuess(Math.sqrt(-2 * Math.log(p))) : centralGuess(p - 0.5)
  for (let step = 0; step < 2; step++) {
    const density = normalDensity(x)
    if (density === 0) break
    const error = (normalCdf(x) - p) / density
    x -= error / (1 + (x * error) / 2)
  }
  return x
}

function tailGuess(q: number): number {
  const above =
    ((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
      q +
      4.374664141464968) *
      q +
    2.938163982698783
  const below =
    (((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q +
    1
  return above / below
}

function centralGuess(q: number): number {
  const r = q * q
  const above =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
    2.506628277459239
  const below =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1
  return (q * above) / below
}
