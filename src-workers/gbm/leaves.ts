import type { LeafList } from './kernel.ts'

export function finishLeaves(
  { count, bounds, values }: LeafList,
  gradient: Float64Array,
  hessian: Float64Array,
  rows: Int32Array,
  _n: number,
  _scratch: Int32Array,
  lambda: number,
  shrinkage: number,
  margin: Float64Array | null,
): void {
  for (let leaf = 0; leaf < count; leaf++) {
    const start = bounds[2 * leaf]!
    const end = bounds[2 * leaf + 1]!
    let g = 0
    let h = 0
    for (let i = start; i < end; i++) {
      g += gradient[rows[i]!]!
      h += hessian[rows[i]!]!
    }
    const denominator = h + lambda
    const value = denominator > 0 ? (-g / denominator) * shrinkage : 0
    values[leaf] = value
    if (margin !== null) for (let i = start; i < end; i++) margin[rows[i]!]! += value
  }
}
