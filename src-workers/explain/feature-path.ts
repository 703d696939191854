/**
 * The features met on the way to a node, each once, with the share of feature subsets of each size that lead there: the
 * "unique path" of TreeSHAP (Lundberg et al., Nature Machine Intelligence 2, 2020, algorithm 2). Entry 0 stands for no feature.
 */
export interface FeaturePath {
  /** Every depth keeps a copy of its own, one behind the other. */
  feature: Int32Array
  /** Share of the rows that go this way when the feature is unknown. */
  zero: Float64Array
  /** 1 where the explained row goes this way itself, else 0. */
  one: Float64Array
  weight: Float64Array
}

export function createFeaturePath(depth: number): FeaturePath {
  const size = ((depth + 2) * (depth + 3)) / 2
  return {
    feature: new Int32Array(size),
    zero: new Float64Array(size),
    one: new Float64Array(size),
    weight: new Float64Array(size),
  }
}

/** Copies `length` entries from one place of the path to another. */
export function copyPath(
  { feature, zero, one, weight }: FeaturePath,
  from: number,
  to: number,
  length: number,
): void {
  for (let i = 0; i < length; i++) {
    feature[to + i] = feature[from + i]!
    zero[to + i] = zero[from + i]!
    one[to + i] = one[from + i]!
    weight[to + i] = weight[from + i]!
  }
}

/** EXTEND: adds entry `length` behind those that start at `at`. */
export function extendPath(
  path: FeaturePath,
  at: number,
  length: number,
  feature: number,
  zero: number,
  one: number,
): void {
  const { weight } = path
  path.feature[at + length] = feature
  path.zero[at + length] = zero
  path.one[at + length] = one
  weight[at + length] = length === 0 ? 1 : 0
  for (let i = length - 1; i >= 0; i--) {
    weight[at + i + 1]! += (one * weight[at + i]! * (i + 1)) / (length + 1)
    weight[at + i] = (zero * weight[at + i]! * (length - i)) / (length + 1)
  }
}

/** UNWIND: takes entry k out of a path of `length` entries. */
export function unwindPath(path: FeaturePath, at: number, length: number, k: number): void {
  const { feature, zero, one, weight } = path
  const last = length - 1
  const z = zero[at + k]!
  const o = one[at + k]!
  let next = weight[at + last]!
  for (let j = last - 1; j >= 0; j--) {
    if (o !== 0) {
      const before = weight[at + j]!
      weight[at + j] = (next * length) / ((j + 1) * o)
      next = before - (weight[at + j]! * z * (last - j)) / length
    } else weight[at + j] = (weight[at + j]! * length) / (z * (last - j))
  }
  for (let j = k; j < last; j++) {
    feature[at + j] = feature[at + j + 1]!
    zero[at + j] = zero[at + j + 1]!
    one[at + j] = one[at + j + 1]!
  }
}

/** Sum of the weights that a path of `length` entries would have without entry k. */
export function unwoundSum(
  { zero, one, weight }: FeaturePath,
  at: number,
  length: number,
  k: number,
): number {
  const last = length - 1
  const z = zero[at + k]!
  const o = one[at + k]!
  let next = weight[at + last]!
  let sum = 0
  for (let j = last - 1; j >= 0; j--) {
    if (o !== 0) {
      const share = (next * length) / ((j + 1) * o)
      sum += share
      next = weight[at + j]! - (share * z * (last - j)) / length
    } else sum += (weight[at + j]! * length) / (z * (last - j))
  }
  return sum
}
