/** What cross-validation needs to know of each row: when it is decided, until when its label lives, which class it has. */
export interface LabelLives {
  rows: number
  /** Epoch ms UTC, ascending. */
  t0: Float64Array
  /** Epoch ms UTC, NaN without a label. */
  t1: Float64Array
  /** Class index, −1 without a label. */
  y: Int8Array
}

/** First decision and last label end of some rows, epoch ms UTC. */
export interface Span {
  first: number
  last: number
}

/** Span of lives.rows[from … to); a row without a label lives for its own instant. */
export function spanOf(lives: LabelLives, rows: Int32Array, from: number, to: number): Span {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (let i = from; i < to; i++) {
    const r = rows[i]!
    const end = Math.max(lives.t0[r]!, Number.isNaN(lives.t1[r]!) ? lives.t0[r]! : lives.t1[r]!)
    if (lives.t0[r]! < first) first = lives.t0[r]!
    if (end > last) last = end
  }
  return { first, last }
}

/** Whether the row's [t0, t1] shares an instant with the span. */
export function touches(lives: LabelLives, row: number, span: Span): boolean {
  return lives.t1[row]! >= span.first && lives.t0[row]! <= span.last
}
