import type { Matrix, MatrixProfile } from '#shared/jobs/matrix-types.ts'

const MAX_COLUMNS = 60

/** Pearson correlation of the features over rows where both are present; of wide matrices the first 60 columns. */
export function correlate({ features, columns }: Matrix): MatrixProfile['correlation'] {
  const names = features.slice(0, MAX_COLUMNS)
  const centred = names.map((_, i) => centre(columns[i]!))
  const values = names.map(() => new Array<number | null>(names.length).fill(null))
  for (let i = 0; i < names.length; i++) {
    for (let j = i; j < names.length; j++) {
      const r = pearson(centred[i]!, centred[j]!)
      values[i]![j] = r
      values[j]![i] = r
    }
  }
  return { columns: names, values }
}

interface Centred {
  /** Values less their mean, 0 where one is missing. */
  values: Float64Array
  /** 1 where a value is present. */
  known: Float64Array
  isWhole: boolean
  /** Sum of squares of all of them. */
  squares: number
  varies: boolean
}

/** With the mean taken off, plain sums of products lose no digits, whichever rows a pair leaves out. */
function centre(column: Float64Array): Centred {
  const n = column.length
  const values = new Float64Array(n)
  const known = new Float64Array(n)
  let present = 0
  let sum = 0
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < n; i++) {
    const x = column[i]!
    if (Number.isNaN(x)) continue
    known[i] = 1
    present++
    sum += x
    if (x < least) least = x
    if (x > most) most = x
  }
  const mean = sum / present
  let squares = 0
  for (let i = 0; i < n; i++) {
    if (known[i] === 0) continue
    values[i] = column[i]! - mean
    squares += values[i]! * values[i]!
  }
  return { values, known, isWhole: present === n, squares, varies: most > least }
}

function pearson(a: Centred, b: Centred): number | null {
  if (!a.varies || !b.varies) return null
  if (!a.isWhole || !b.isWhole) return pearsonOfPairs(a, b)
  if (a.values.length < 3) return null
  return within(dot(a.values, b.values) / Math.sqrt(a.squares * b.squares))
}

/** Over rows where both are present. */
function pearsonOfPairs(a: Centred, b: Centred): number | null {
  const [x, y, hasX, hasY] = [a.values, b.values, a.known, b.known]
  let [n, sumX, sumY, xx, yy, xy] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const both = hasX[i]! * hasY[i]!
    const dx = x[i]! * both
    const dy = y[i]! * both
    n += both
    sumX += dx
    sumY += dy
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  const [varX, varY] = [xx - (sumX * sumX) / n, yy - (sumY * sumY) / n]
  // What is left of a column that does not vary over these rows is rounding.
  if (n < 3 || varX <= 1e-9 * xx || varY <= 1e-9 * yy) return null
  return within((xy - (sumX * sumY) / n) / Math.sqrt(varX * varY))
}

/** Four sums side by side, since each would wait for its last addition. */
function dot(x: Float64Array, y: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  let i = 0
  for (; i + 4 <= x.length; i += 4) {
    a += x[i]! * y[i]!
    b += x[i + 1]! * y[i + 1]!
    c += x[i + 2]! * y[i + 2]!
    d += x[i + 3]! * y[i + 3]!
  }
  for (; i < x.length; i++) a += x[i]! * y[i]!
  return a + b + (c + d)
}

function within(r: number): number {
  return Math.max(-1, Math.min(1, r))
}
