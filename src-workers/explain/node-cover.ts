import type { Forest } from '#shared/jobs/scoring-types.ts'

/** Weight of the rows that reach each node of a forest. `columns` are scaled features, one value a row. */
export function nodeCover(
  forest: Forest,
  columns: readonly Float64Array[],
  weights: Float64Array,
): Float64Array {
  const { feature, threshold, left, right, missingLeft, treeStart, treeOutput } = forest
  const cover = new Float64Array(feature.length)
  for (let t = 0; t < treeOutput.length; t++) {
    for (let r = 0; r < weights.length; r++) {
      let node = treeStart[t]!
      cover[node]! += weights[r]!
      for (let f = feature[node]!; f >= 0; f = feature[node]!) {
        const x = columns[f]![r]!
        const goesLeft = x <= threshold[node]! || (missingLeft[node]! === 1 && Number.isNaN(x))
        node = goesLeft ? left[node]! : right[node]!
        cover[node]! += weights[r]!
      }
    }
  }
  return cover
}
