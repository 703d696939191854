import type { Forest } from '#shared/jobs/scoring-types.ts'
import type { TreeNodes } from './forest-builder.ts'
import { sigmoid } from './gradients.ts'

/** Adds to `margin` the value of the leaf that each row falls into, in the tree whose root is `root`. */
export function addTree(
  nodes: TreeNodes,
  root: number,
  columns: readonly Float64Array[],
  margin: Float64Array,
  at = 0,
  step = 1,
): void {
  const { feature, threshold, left, right, missingLeft, value } = nodes
  for (let r = 0, out = at; out < margin.length; r++, out += step) {
    let node = root
    let f = feature[node]!
    while (f >= 0) {
      const x = columns[f]![r]!
      const goesLeft = x <= threshold[node]! || (missingLeft[node]! === 1 && Number.isNaN(x))
      node = goesLeft ? left[node]! : right[node]!
      f = feature[node]!
    }
    margin[out]! += value[node]!
  }
}

/** Sum of base score and trees, row-major n × outputs. `columns` are what the forest was trained on (scaled features). */
export function predictMargin(forest: Forest, columns: readonly Float64Array[], rows: number): Float64Array {
  const { outputs } = forest
  const margin = new Float64Array(rows * outputs)
  for (let t = 0; t < forest.treeOutput.length; t++) {
    addTree(forest, forest.treeStart[t]!, columns, margin, forest.treeOutput[t]!, outputs)
  }
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
