import { predictMargin } from '#workers/gbm/predict-forest.ts'
import { addTree } from '#workers/gbm/walk-tree.ts'
import type { FittedModel } from '#workers/models/fit-model.ts'
import { linearMargin } from '#workers/models/logistic.ts'

/** Margins of some rows, and what they would be with one feature shuffled: only what asks that feature is computed anew. */
export interface PartialMargin {
  /** rows × outputs. */
  whole: Float64Array
  uses: (feature: number) => boolean
  /** Margins when row r has the value of row order[r]. */
  shuffled: (feature: number, order: Int32Array) => Float64Array
}

/** @param columns scaled features of the rows */
export function createPartialMargin(
  model: FittedModel,
  columns: readonly Float64Array[],
  rows: number,
): PartialMargin {
  const shuffle = (feature: number, order: Int32Array): Float64Array[] => {
    const values = columns[feature]!
    return columns.map((column, f) => (f === feature ? Float64Array.from(order, (r) => values[r]!) : column))
  }
  if (model.algorithm === 'logistic') {
    const { coefficients, flags, outputs } = model.linear
    const whole = linearMargin(model.linear, columns, rows)
    return {
      whole,
      uses: (f) => coefficients.some((own, o) => own[f] !== 0 || flags[o]![f] !== 0),
      shuffled: (f, order) => {
        const margin = whole.slice()
        const column = columns[f]!
        for (let o = 0; o < outputs; o++) {
          const coefficient = coefficients[o]![f]!
          const flag = flags[o]![f]!
          for (let r = 0; r < rows; r++) {
            const was = column[r]!
            const now = column[order[r]!]!
            margin[r * outputs + o]! +=
              (Number.isNaN(now) ? flag : coefficient * now) - (Number.isNaN(was) ? flag : coefficient * was)
          }
        }
        return margin
      },
    }
  }
  const { forest } = model
  const { feature, treeStart, treeOutput, outputs } = forest
  const treesOf = columns.map(() => new Set<number>())
  for (let t = 0; t < treeOutput.length; t++) {
    for (let node = treeStart[t]!; node < treeStart[t + 1]!; node++) {
      if (feature[node]! >= 0) treesOf[feature[node]!]!.add(t)
    }
  }
  const whole = predictMargin(forest, columns, rows)
  // What the trees of the feature of the moment give to the rows as they are: the same for each of its shuffles.
  let own: { feature: number; margin: Float64Array } = { feature: -1, margin: new Float64Array(0) }
  const sumTrees = (f: number, from: readonly Float64Array[]): Float64Array => {
    const margin = new Float64Array(rows * outputs)
    for (const t of treesOf[f]!) addTree(forest, treeStart[t]!, from, margin, treeOutput[t]!, outputs)
    return margin
  }
  return {
    whole,
    uses: (f) => treesOf[f]!.size > 0,
    shuffled: (f, order) => {
      if (own.feature !== f) own = { feature: f, margin: sumTrees(f, columns) }
      const margin = sumTrees(f, shuffle(f, order))
      for (let i = 0; i < margin.length; i++) margin[i] = whole[i]! - own.margin[i]! + margin[i]!
      return margin
    },
  }
}
