import type { Forest } from '#shared/jobs/scoring-types.ts'
import { sigmoid } from './gradients.ts'
import { withKernel } from './open-kernel.ts'

/** Sum of base score and trees, row-major n × outputs. `columns` are what the forest was trained on (scaled features). */
export function predictMargin(forest: Forest, columns: readonly Float64Array[], rows: number): Float64Array {
  const { outputs } = forest
  const margin = new Float64Array(rows * outputs)
  // Only a block of rows and the nodes are in the kernel's memory.
  withKernel(forest.feature.length, 0, 1, (kernel) => kernel.addForest(forest, columns, margin))
  for (let i = 0; i < margin.length; i++) margin[i]! += forest.baseScore[i % outputs]!
  return margin
}

/** Class probabilities of boosted trees, row-major n × classes. */
export function predictProba(forest: Forest, columns: readonly Float64Array[], rows: number): Float64Array {
  return probaOfMargins(predictMargin(forest, columns, rows), forest.classes, forest.outputs)
}

/** Logistic function of one margin a row, or softmax of one a class. */
export function probaOfMargins(margin: Float64Array, classes: number, outputs: number): Float64Array {
  const rows = margin.length / outputs
  const proba = new Float64Array(rows * classes)
  for (let r = 0; r < rows; r++) {
    const at = r * classes
    if (outputs === 1) {
      const p = sigmoid(margin[r]!)
      proba[at] = 1 - p
      proba[at + 1] = p
      continue
    }
    let top = margin[at]!
    for (let c = 1; c < classes; c++) if (margin[at + c]! > top) top = margin[at + c]!
    let sum = 0
    for (let c = 0; c < classes; c++) sum += proba[at + c] = Math.exp(margin[at + c]! - top)
    for (let c = 0; c < classes; c++) proba[at + c]! /= sum
  }
  return proba
}
