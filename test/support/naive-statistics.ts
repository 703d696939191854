// Statistics once more, each as its definition reads and sharing no code with the product: slow and plain.

export const sum = (x: readonly number[]) => x.reduce((a, b) => a + b, 0)
export const mean = (x: readonly number[]) => sum(x) / x.length
const isFlat = (x: readonly number[]) => x.every((each) => Math.abs(each - x[0]!) <= 1e-14)

/** Central moment of order k, population form. */
export const moment = (x: readonly number[], k: number) => mean(x.map((each) => (each - mean(x)) ** k))
export const deviation = (x: readonly number[]) =>
  x.length < 2 ? Number.NaN : Math.sqrt((moment(x, 2) * x.length) / (x.length - 1))
/** Per observation; NaN without variation. */
export const sharpe = (x: readonly number[]) => (isFlat(x) ? Number.NaN : mean(x) / deviation(x))

/** Standard error of a Sharpe ratio (Mertens 2002, which Lo 2002 is for the normal). */
export function sharpeError(x: readonly number[]): number {
  const s = sharpe(x)
  const skew = moment(x, 3) / moment(x, 2) ** 1.5
  const kurtosis = moment(x, 4) / moment(x, 2) ** 2
  return Math.sqrt((1 - skew * s + ((kurtosis - 1) / 4) * s * s) / (x.length - 1))
}

/** Standard normal distribution function by Simpson's rule over the density from 0, in 4,000 steps. */
export function normalBelow(z: number): number {
  const end = Math.min(Math.abs(z), 12)
  const steps = 4000
  const h = end / steps
  let area = 0
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
    area += weight * Math.exp(-((i * h) ** 2) / 2)
  }
  area *= h / 3 / Math.sqrt(2 * Math.PI)
  return Number.isNaN(z) ? Number.NaN : z > 0 ? 0.5 + area : 0.5 - area
}

/** Its inverse by Newton's method, a step of 1 at most. */
export function normalAt(p: number): number {
  let z = 0
  for (let i = 0; i < 40; i++) {
    const step = (normalBelow(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2)
    z -= Math.max(-1, Math.min(1, step))
    if (Math.abs(step) < 1e-13) break
  }
  return z
}

/** Equity from 1 at the start and after each return. */
export function equityOf(returns: readonly number[]): number[] {
  const equity = [1]
  for (const r of returns) equity.push(equity.at(-1)! * (1 + r))
  return equity
}

/** Deepest fall between any earlier and any later equity, and the longest run of days below the peak before them. */
export function drawdown(returns: readonly number[]): { depth: number; underwater: number } {
  const equity = equityOf(returns)
  let depth = 0
  for (let a = 0; a < equity.length; a++)
    for (let b = a + 1; b < equity.length && equity[a]! > 0; b++)
      depth = Math.max(depth, 1 - equity[b]! / equity[a]!)
  const below = equity.map((value, t) => (value < Math.max(...equity.slice(0, t + 1)) ? 'x' : ' ')).join('')
  return { depth, underwater: Math.max(...below.split(' ').map((run) => run.length)) }
}

/** Loss beyond the 95 % quantile: the quantile function integrated over the worst twentieth. */
export function shortfall(outcomes: readonly number[]): number {
  if (outcomes.length < 40) return Number.NaN
  const sorted = [...outcomes].sort((a, b) => a - b)
  const weights = sorted.map((_, i) =>
    Math.max(0, Math.min(0.05, (i + 1) / sorted.length) - i / sorted.length),
  )
  return -sum(sorted.map((r, i) => r * weights[i]!)) / 0.05
}

/** Share of each life's bars that it has to itself, summed over lives: 1 over the number alive at a bar. */
export function effectiveCount(lives: readonly (readonly [number, number])[]): number {
  const alive = (bar: number) => lives.filter(([a, b]) => a <= bar && bar <= b).length
  return sum(lives.map(([a, b]) => mean(Array.from({ length: b - a + 1 }, (_, i) => 1 / alive(a + i)))))
}

export function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)]
  const cross = mean(x.map((each, i) => (each - mx) * (y[i]! - my)))
  return cross / Math.sqrt(moment(x, 2) * moment(y, 2))
}

/** Expected maximum of N standard normals (SSRN 2460551), at least 0. */
export function maximumOf(trials: number): number {
  if (trials <= 1) return 0
  const gamma = 0.5772156649015329
  return Math.max(0, (1 - gamma) * normalAt(1 - 1 / trials) + gamma * normalAt(1 - Math.exp(-1) / trials))
}

/**
 * Population stability index of `now` against `before` over the tenths of `before`: each stretch between two edges counted by
 * itself, values that are missing as one of their own, shares at least 0.0001.
 */
export function stability(before: readonly number[], now: readonly number[]): number {
  const known = before.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  const cuts = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => known[Math.floor((tenth * known.length) / 10)]!)
  const edges = [Number.NEGATIVE_INFINITY, ...new Set(cuts), Number.POSITIVE_INFINITY]
  const shares = (x: readonly number[]) =>
    [
      ...edges.slice(1).map((high, k) => x.filter((value) => value >= edges[k]! && value < high)),
      x.filter(Number.isNaN),
    ].map((group) => Math.max(group.length / x.length, 1e-4))
  const [p, q] = [shares(before), shares(now)]
  return sum(p.map((each, k) => (q[k]! - each) * (Math.log(q[k]!) - Math.log(each))))
}
