/* Statistics of a list by their textbook definitions, for tests to compare fast code with. */

export const sum = (v: number[]): number => v.reduce((a, b) => a + b, 0)

export const mean = (v: number[]): number => sum(v) / v.length

/** Sample variance. */
export const variance = (v: number[]): number => sum(v.map((x) => (x - mean(v)) ** 2)) / (v.length - 1)

export function correlation(a: number[], b: number[]): number {
  const covariance = sum(a.map((x, k) => (x - mean(a)) * (b[k]! - mean(b)))) / (a.length - 1)
  return covariance / Math.sqrt(variance(a) * variance(b))
}

/** Shannon entropy over equal-width bins between the extremes, as a share of its greatest value. */
export function entropy(v: number[], bins: number): number {
  const lowest = Math.min(...v)
  const width = (Math.max(...v) - lowest) / bins
  const counts = new Array<number>(bins).fill(0)
  for (const x of v) {
    const bin = Math.min(bins - 1, Math.floor((x - lowest) / width))
    counts[bin] = counts[bin]! + 1
  }
  const shares = counts.filter((count) => count > 0).map((count) => count / v.length)
  return -sum(shares.map((share) => share * Math.log(share))) / Math.log(bins)
}

/** Half the slope of log mean squared log-move on log lag. */
export function hurst(prices: number[], lags: number): number {
  const logs = prices.map(Math.log)
  const points = Array.from({ length: lags }, (_, k) => {
    const squares = logs.slice(k + 1).map((p, i) => (p - logs[i]!) ** 2)
    return { x: Math.log(k + 1), y: Math.log(mean(squares)) }
  })
  const centre = mean(points.map((p) => p.x))
  return sum(points.map((p) => (p.x - centre) * p.y)) / sum(points.map((p) => (p.x - centre) ** 2)) / 2
}
