import type { Matrix, MatrixProfile } from '#shared/jobs/matrix-types.ts'

const MAX_COLUMNS = 60
const BLOCK_ROWS = 512

/** Pearson correlation of the features over rows where both are present; of wide matrices the first 60 columns. */
export function correlate({ features, columns }: Matrix): MatrixProfile['correlation'] {
  const names = features.slice(0, MAX_COLUMNS)
  const centred = names.map((_, i) => centre(columns[i]!))
  sumTails(centred)
  const { sums, stride } = sumProducts(centred)
  const values = names.map(() => new Array<number | null>(names.length).fill(null))
  for (let i = 0; i < names.length; i++) {
    for (let j = i; j < names.length; j++) {
      const r = pearson(centred[i]!, centred[j]!, sums[i * stride + j]!)
      values[i]![j] = r
      values[j]![i] = r
    }
  }
  return { columns: names, values }
}

/** A column whose mean is taken off: plain sums of products then lose no digits, whichever rows a pair leaves out. */
interface Centred {
  column: Float64Array
  mean: number
  /** First row from which on every value is present; null if there are gaps behind the first value. */
  start: number | null
  varies: boolean
  /** Sums of values and squares from a row on, for the starts of all columns. */
  tails: Map<number, Sums>
}

interface Sums {
  sum: number
  squares: number
}

function centre(column: Float64Array): Centred {
  const n = column.length
  let present = 0
  let sum = 0
  let first = n
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < n; i++) {
    const x = column[i]!
    if (Number.isNaN(x)) continue
    if (present === 0) first = i
    present++
    sum += x
    if (x < least) least = x
    if (x > most) most = x
  }
  const start = present === n - first ? first : null
  return { column, mean: sum / present, start, varies: most > least, tails: new Map() }
}

/** Most columns miss only rows before their first value, so pairs begin at one of few rows. */
function sumTails(columns: readonly Centred[]): void {
  const starts = [...new Set(columns.map(({ start }) => start).filter((start) => start !== null))]
  starts.sort((a, b) => b - a)
  for (const { column, mean, start, tails } of columns) {
    if (start === null) continue
    let [sum, squares, i] = [0, 0, column.length]
    for (const from of starts) {
      for (; i > Math.max(from, start); i--) {
        const value = column[i - 1]! - mean
        sum += value
        squares += value * value
      }
      tails.set(from, { sum, squares })
    }
  }
}

/**
 * Sums of products of each pair i ≤ j, at i × stride + j; a missing value adds nothing. Block by block, so that all columns stay near.
 */
function sumProducts(columns: readonly Centred[]): { sums: Float64Array; stride: number } {
  const width = columns.length
  const rows = columns[0]?.column.length ?? 0
  const stride = width + 4
  const sums = new Float64Array(stride * stride)
  // Those beyond the columns stay zero, for the last pair and the last four.
  const blocks = Array.from({ length: stride }, () => new Float64Array(BLOCK_ROWS))
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const n = Math.min(BLOCK_ROWS, rows - from)
    for (let i = 0; i < width; i++) {
      const { column, mean } = columns[i]!
      const block = blocks[i]!
      for (let k = 0; k < n; k++) {
        const value = column[from + k]! - mean
        block[k] = Number.isNaN(value) ? 0 : value
      }
    }
    for (let i = 0; i < width; i += 2)
      for (let j = i; j < width; j += 4) addEight(blocks, i, j, n, sums, stride)
  }
  return { sums, stride }
}

/** Two columns by four: each value is read once for several sums, which wait for none of the others. */
function addEight(
  blocks: readonly Float64Array[],
  i: number,
  j: number,
  n: number,
  sums: Float64Array,
  stride: number,
): void {
  const [x, y] = [blocks[i]!, blocks[i + 1]!]
  const [p, q, r, s] = [blocks[j]!, blocks[j + 1]!, blocks[j + 2]!, blocks[j + 3]!]
  let xp = 0
  let xq = 0
  let xr = 0
  let xs = 0
  let yp = 0
  let yq = 0
  let yr = 0
  let ys = 0
  for (let k = 0; k < n; k++) {
    const a = x[k]!
    const b = y[k]!
    const c = p[k]!
    const d = q[k]!
    const e = r[k]!
    const f = s[k]!
    xp += a * c
    xq += a * d
    xr += a * e
    xs += a * f
    yp += b * c
    yq += b * d
    yr += b * e
    ys += b * f
  }
  const [first, second] = [i * stride + j, (i + 1) * stride + j]
  sums[first]! += xp
  sums[first + 1]! += xq
  sums[first + 2]! += xr
  sums[first + 3]! += xs
  sums[second]! += yp
  sums[second + 1]! += yq
  sums[second + 2]! += yr
  sums[second + 3]! += ys
}

function pearson(a: Centred, b: Centred, products: number): number | null {
  if (!a.varies || !b.varies) return null
  const { n, x, y } = a.start === null || b.start === null ? sumPairs(a, b) : sumFrom(a, b)
  const [varX, varY] = [x.squares - (x.sum * x.sum) / n, y.squares - (y.sum * y.sum) / n]
  // What is left of a column that does not vary over these rows is rounding.
  if (n < 3 || varX <= 1e-9 * x.squares || varY <= 1e-9 * y.squares) return null
  return Math.max(-1, Math.min(1, (products - (x.sum * y.sum) / n) / Math.sqrt(varX * varY)))
}

interface PairSums {
  /** Rows where both are present, and over these what each adds up to. */
  n: number
  x: Sums
  y: Sums
}

function sumFrom(a: Centred, b: Centred): PairSums {
  const start = Math.max(a.start!, b.start!)
  return { n: a.column.length - start, x: a.tails.get(start)!, y: b.tails.get(start)! }
}

function sumPairs(a: Centred, b: Centred): PairSums {
  let [n, sumX, sumY, squaresX, squaresY] = [0, 0, 0, 0, 0]
  for (let i = 0; i < a.column.length; i++) {
    const x = a.column[i]! - a.mean
    const y = b.column[i]! - b.mean
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    n++
    sumX += x
    sumY += y
    squaresX += x * x
    squaresY += y * y
  }
  return { n, x: { sum: sumX, squares: squaresX }, y: { sum: sumY, squares: squaresY } }
}
