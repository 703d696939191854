import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '#shared/kernels/random.ts'

export interface RowSizes {
  rows: number
  features: number
  /** Rows behind the others that AUC is measured on. */
  tested: number
  /** Share of the feature values that are missing, none by default: XGBoost takes twice as long as soon as there are some. */
  missing?: number
}

export interface Rows {
  columns: Float64Array[]
  /** 1 for up, 0 for down. */
  y: Int8Array
}

/**
 * Rows as a market gives them: features of heavy tails, and a label that a few of them move a little, by steps and products as well as
 * straight. One file a round, feature beside feature as 32-bit floats, the label last.
 */
export function writeRows(folder: string, sizes: RowSizes, rounds: number): void {
  const { rows, features, tested, missing = 0 } = sizes
  const all = rows + tested
  for (let round = 0; round < rounds; round++) {
    const random = createRandom(1000 + round)
    const values = new Float32Array(all * (features + 1))
    for (let f = 0; f < features; f++) {
      for (let r = 0; r < all; r++) {
        const tail = random.next() < 0.1 ? 3 : 1
        values[f * all + r] = random.next() < missing ? Number.NaN : tail * random.nextGaussian()
      }
    }
    const at = (f: number, r: number) => values[f * all + r]! || 0
    for (let r = 0; r < all; r++) {
      const straight = 0.25 * at(0, r) - 0.15 * at(1, r)
      const steps = at(2, r) > 0.5 ? 0.3 : -0.1
      const products = 0.2 * Math.tanh(at(3, r) * at(4, r))
      const up = 1 / (1 + Math.exp(-(straight + steps + products)))
      values[features * all + r] = random.next() < up ? 1 : 0
    }
    writeFileSync(join(folder, `rows-${round}.f32`), values)
  }
}

/** The rows that are learned from, and those behind them. */
export function readRows(folder: string, sizes: RowSizes, round: number): { train: Rows; test: Rows } {
  const { rows, features, tested } = sizes
  const bytes = readFileSync(join(folder, `rows-${round}.f32`))
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const all = rows + tested
  const part = (from: number, to: number): Rows => ({
    columns: Array.from({ length: features }, (_, f) =>
      Float64Array.from(values.subarray(f * all + from, f * all + to)),
    ),
    y: Int8Array.from(values.subarray(features * all + from, features * all + to)),
  })
  return { train: part(0, rows), test: part(rows, all) }
}

/** Area under the ROC curve by ranks (Mann–Whitney), ties at half. */
export function aucOf(score: Float64Array, y: Int8Array): number {
  const order = Array.from(score.keys()).sort((a, b) => score[a]! - score[b]!)
  let ranks = 0
  let ups = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && score[order[to]!] === score[order[from]!]) to++
    for (let i = from; i < to; i++) {
      if (y[order[i]!] !== 1) continue
      ups++
      ranks += (from + 1 + to) / 2
    }
    from = to
  }
  return (ranks - (ups * (ups + 1)) / 2) / (ups * (order.length - ups))
}
