import type { Matrix, MatrixProfile } from '#shared/jobs/matrix-types.ts'

const MAX_COLUMNS = 60
const BLOCK_ROWS = 512

/** Pearson correlation of the features over rows where both are present; of wide matrices the first 60 columns. */
export function correlate({ features, columns }: Matrix): MatrixProfile['correlation'] {
  const names = features.slice(0, MAX_COLUMNS)
  const centred = names.map((_, i) => centre(columns[i]!))
  sumTails(centred)
  const products = sumProducts(centred)
  const values = names.map(() => new Array<number | null>(names.length).fill(null))
  for (let i = 0; i < names.length; i++) {
    for (let j = i; j < names.length; j++) {
      const r = pearson(centred[i]!, centred[j]!, products[i * names.length + j]!)
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

/** With the mean taken off, plain sums of products lose no digits, whichever rows a pair leaves out. */
function centre(column: Float64Array): Centred {
  const n = column.length
  const values = new Float64Array(n)
  const known = new Float64Array(n)
  let present = 0
  let sum = 0
  let first = n
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < n; i++) {
    const x = column[i]!
    if (Number.isNaN(x)) continue
    known[i] = 1
    if (present === 0) first = i
    present++
    sum += x
    if (x < least) least = x
    if (x > most) most = x
  }
  const mean = sum / present
  for (let i = first; i < n; i++) if (known[i] === 1) values[i] = column[i]! - mean
  return {
    values,
    known,
    start: present === n - first ? first : null,
    varies: most > least,
    tails: new Map(),
  }
}

/** Most columns miss only rows before their first value, so pairs begin at one of few rows. */
function sumTails(columns: readonly Centred[]): void {
  const starts = [...new Set(columns.map(({ start }) => start).filter((start) => start !== null))]
  starts.sort((a, b) => b - a)
  for (const { values, start, tails } of columns) {
    if (start === null) continue
    let [sum, squares, i] = [0, 0, values.length]
    for (const from of starts) {
      for (; i > from; i--) {
        const value = values[i - 1]!
        sum += value
        squares += value * value
      }
      tails.set(from, { sum, squares })
    }
  }
}

/** Sums of products of each pair, i × columns + j; a missing value adds nothing. Block by block, so that all columns stay near. */
function sumProducts(columns: readonly Centred[]): Float64Array {
  const width = columns.length
  const rows = columns[0]?.values.length ?? 0
  const sums = new Float64Array(width * width)
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, rows)
    for (let i = 0; i < width; i++) {
      const x = columns[i]!.values
      for (let j = i; j < width; j++) sums[i * width + j]! += dot(x, columns[j]!.values, from, to)
    }
  }
  return sums
}

/** Four sums side by side, since each would wait for its last addition. */
function dot(x: Float64Array, y: Float64Array, from: number, to: number): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  let i = from
  for (; i + 4 <= to; i += 4) {
    a += x[i]! * y[i]!
    b += x[i + 1]! * y[i + 1]!
    c += x[i + 2]! * y[i + 2]!
    d += x[i + 3]! * y[i + 3]!
  }
  for (; i < to; i++) a += x[i]! * y[i]!
  return a + b + (c + d)
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
  return { n: a.values.length - start, x: a.tails.get(start)!, y: b.tails.get(start)! }
}

function sumPairs(a: Centred, b: Centred): PairSums {
  const [x, y, hasX, hasY] = [a.values, b.values, a.known, b.known]
  let [n, sumX, sumY, squaresX, squaresY] = [0, 0, 0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! * hasY[i]!
    const dy = y[i]! * hasX[i]!
    n += hasX[i]! * hasY[i]!
    sumX += dx
    sumY += dy
    squaresX += dx * dx
    squaresY += dy * dy
  }
  return { n, x: { sum: sumX, squares: squaresX }, y: { sum: sumY, squares: squaresY } }
}
