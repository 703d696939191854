import { normalCdf, normalQuantile } from './normal.ts'
import { orderOf } from './order-of.ts'

const eulerGamma = 0.5772156649015329

/** Sample moments of a series; NaN where they are undefined. */
export interface Moments {
  count: number
  mean: number
  /** Standard deviation with ddof 1. */
  std: number
  /** Third standardised moment, population form. */
  skewness: number
  /** Fourth standardised moment, population form: 3 for the normal. */
  kurtosis: number
}

/** A deviation that is no more of the mean than this is what rounding leaves of returns that do not vary. */
export const ROUNDING_SHARE = 1e-7

/** Two passes over x[from … to). A series that varies by rounding alone has std 0 exactly. */
export function momentsOf(x: Float64Array, from = 0, to = x.length): Moments {
  const count = to - from
  let sum = 0
  let isConstant = true
  for (let i = from; i < to; i++) {
    sum += x[i]!
    if (x[i]! !== x[from]!) isConstant = false
  }
  const mean = isConstant && count > 0 ? x[from]! : sum / count
  let m2 = 0
  let m3 = 0
  let m4 = 0
  for (let i = from; i < to; i++) {
    const d = x[i]! - mean
    const square = d * d
    m2 += square
    m3 += square * d
    m4 += square * square
  }
  const variance = m2 / count
  const std = count < 2 ? Number.NaN : Math.sqrt(m2 / (count - 1))
  if (std <= ROUNDING_SHARE * Math.abs(mean)) {
    return { count, mean, std: 0, skewness: Number.NaN, kurtosis: Number.NaN }
  }
  return {
    count,
    mean,
    std,
    skewness: m3 / count / variance ** 1.5,
    kurtosis: m4 / count / (variance * variance),
  }
}

/** Mean over standard deviation, per observation; NaN without variation. */
export function sharpeOf({ mean, std }: Moments): number {
  return std > 0 ? mean / std : Number.NaN
}

/** Variance of a Sharpe estimate × (n − 1), per observation (Lo 2002, Mertens 2002). */
function sharpeVariance(sharpe: number, skewness: number, kurtosis: number): number {
  return 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe
}

/** What inference on a Sharpe ratio needs; the ratio is per observation, never annualised. */
export interface SharpeEstimate {
  sharpe: number
  count: number
  skewness: number
  kurtosis: number
}

/** Standard error of a Sharpe ratio per observation. */
export function sharpeError({ sharpe, count, skewness, kurtosis }: SharpeEstimate): number {
  return Math.sqrt(sharpeVariance(sharpe, skewness, kurtosis) / (count - 1))
}

/** Probability that the true Sharpe ratio is above `benchmark`, both per observation (SSRN 1821643, eq. 11). */
export function probabilisticSharpe(estimate: SharpeEstimate, benchmark = 0): number {
  return normalCdf((estimate.sharpe - benchmark) / sharpeError(estimate))
}

/**
 * Observations needed before the ratio is above `benchmark` with the given confidence (SSRN 1821643, eq. 13). NaN where the
 * estimate is not above the benchmark: no length would do.
 */
export function minTrackRecordLength(
  { sharpe, skewness, kurtosis }: Omit<SharpeEstimate, 'count'>,
  benchmark = 0,
  confidence = 0.95,
): number {
  if (!(sharpe > benchmark)) return Number.NaN
  const z = normalQuantile(confidence) / (sharpe - benchmark)
  return 1 + sharpeVariance(sharpe, skewness, kurtosis) * z * z
}

/** Expected maximum of `trials` independent standard normals (SSRN 2460551, eq. 1). 0 for one trial; never below 0. */
export function expectedMaximum(trials: number): number {
  if (!(trials > 1)) return 0
  const maximum =
    (1 - eulerGamma) * normalQuantile(1 - 1 / trials) + eulerGamma * normalQuantile(1 - 1 / (trials * Math.E))
  return Math.max(0, maximum)
}

/** Sharpe ratio that the best of useless trials is expected to reach, per observation, at least 0 (SSRN 2460551). */
export function bestOfUseless(trials: number, trialVariance: number): number {
  return Math.sqrt(Math.max(0, trialVariance)) * expectedMaximum(trials)
}

/**
 * Deflated Sharpe ratio (SSRN 2460551): the probability that the true ratio is above the best expected of useless trials.
 * @param trials effective number of independent trials; one makes it the probabilistic ratio against 0
 * @param trialVariance variance of the trials' Sharpe ratios per observation
 * @returns `sr0` per observation, at least 0, and `dsr` in [0, 1]
 */
export function deflatedSharpe(
  estimate: SharpeEstimate,
  trials: number,
  trialVariance: number,
): { sr0: number; dsr: number } {
  const sr0 = bestOfUseless(trials, trialVariance)
  return { sr0, dsr: probabilisticSharpe(estimate, sr0) }
}

/** Years below which the best of `trials` useless strategies is expected to reach an annual Sharpe ratio (SSRN 2308659). */
export function minBacktestLength(trials: number, annualSharpe: number): number {
  return (expectedMaximum(trials) / annualSharpe) ** 2
}

/** Mean correlation of all pairs of equally long series, in O(length) a series; series without variation are left out. */
export function createMeanCorrelation(length: number) {
  const sum = new Float64Array(length)
  let used = 0
  return {
    add(x: Float64Array): void {
      const { mean, std } = momentsOf(x)
      if (!(std > 0)) return
      used++
      for (let t = 0; t < length; t++) sum[t] = sum[t]! + (x[t]! - mean) / std
    },
    /** NaN under two series that vary. */
    value(): number {
      if (used < 2) return Number.NaN
      let square = 0
      for (let t = 0; t < length; t++) square += sum[t]! * sum[t]!
      // The square of the summed scores holds every pair twice and each series with itself once.
      return (square / (length - 1) - used) / (used * (used - 1))
    },
  }
}

/** Independent trials that `trials` correlated ones amount to: ρ + (1 − ρ) M, ρ taken as at least 0 (SSRN 2460551, appendix A.3). */
export function effectiveTrials(trials: number, correlation: number): number {
  if (trials <= 1 || Number.isNaN(correlation)) return trials
  const rho = Math.min(1, Math.max(0, correlation))
  return rho + (1 - rho) * trials
}

/** Quantile with linear interpolation between order statistics (Hyndman & Fan type 7) of ascending values. */
export function quantileOf(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p
  const low = Math.floor(at)
  const lower = sorted[low]
  if (lower === undefined) return Number.NaN
  const upper = sorted[Math.min(low + 1, sorted.length - 1)]!
  return lower + (upper - lower) * (at - low)
}

/** Ranks from 1, ties sharing their mean rank. The values must hold no NaN. */
export function rankOf(x: Float64Array): Float64Array {
  const order = orderOf(x)
  const rank = new Float64Array(x.length)
  let begin = 0
  while (begin < order.length) {
    let end = begin + 1
    while (end < order.length && x[order[end]!]! === x[order[begin]!]!) end++
    for (let k = begin; k < end; k++) rank[order[k]!] = (begin + end + 1) / 2
    begin = end
  }
  return rank
}

/** Product-moment correlation of two equally long series; NaN without variation. */
export function correlationOf(x: Float64Array, y: Float64Array): number {
  const n = x.length
  let meanX = 0
  let meanY = 0
  for (let i = 0; i < n; i++) {
    meanX += x[i]!
    meanY += y[i]!
  }
  meanX /= n
  meanY /= n
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - meanX
    const dy = y[i]! - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN
}

/** Spearman's rank correlation over the pairs in which both values are known; NaN under 3 pairs or without variation. */
export function spearman(x: Float64Array, y: Float64Array): number {
  const [left, right] = [new Float64Array(x.length), new Float64Array(x.length)]
  let n = 0
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]!) || Number.isNaN(y[i]!)) continue
    left[n] = x[i]!
    right[n++] = y[i]!
  }
  if (n < 3) return Number.NaN
  return correlationOf(rankOf(left.subarray(0, n)), rankOf(right.subarray(0, n)))
}

/** `spearman` with one series again and again: its ranks are taken once, for all that miss none of its values. */
export function spearmanWith(y: Float64Array): (x: Float64Array) => number {
  const at = Uint32Array.from(Array.from(y.keys()).filter((i) => !Number.isNaN(y[i]!)))
  const ranks = rankOf(Float64Array.from(at, (i) => y[i]!))
  const picked = new Float64Array(at.length)
  return (x) => {
    for (let k = 0; k < at.length; k++) picked[k] = x[at[k]!]!
    if (at.length < 3 || picked.some(Number.isNaN)) return spearman(x, y)
    return correlationOf(rankOf(picked), ranks)
  }
}
