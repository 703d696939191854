import type { Forest } from '#shared/jobs/scoring-types.ts'

/** Expected margin of a tree when only the features in `known` (a bit each) are: the definition that TreeSHAP computes fast. */
function conditional(
  forest: Forest,
  cover: Float64Array,
  node: number,
  x: readonly number[],
  known: number,
): number {
  const f = forest.feature[node]!
  if (f < 0) return forest.value[node]!
  const left = forest.left[node]!
  const right = forest.right[node]!
  if ((known >> f) & 1) {
    const goesLeft = Number.isNaN(x[f]!) ? forest.missingLeft[node] === 1 : x[f]! <= forest.threshold[node]!
    return conditional(forest, cover, goesLeft ? left : right, x, known)
  }
  const l = conditional(forest, cover, left, x, known)
  const r = conditional(forest, cover, right, x, known)
  return (cover[left]! * l + cover[right]! * r) / cover[node]!
}

/** Shapley values by their definition: a sum over all subsets of features, per output. */
export function shapleyOf(forest: Forest, cover: Float64Array, x: readonly number[]): number[][] {
  const features = x.length
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  return Array.from({ length: forest.outputs }, (_, output) => {
    const trees = [...forest.treeOutput.keys()].filter((t) => forest.treeOutput[t] === output)
    const worth = Array.from({ length: 2 ** features }, (_unused, known) =>
      trees.reduce((sum, t) => sum + conditional(forest, cover, forest.treeStart[t]!, x, known), 0),
    )
    return x.map((_unused, f) => {
      let value = 0
      for (let known = 0; known < worth.length; known++) {
        if ((known >> f) & 1) continue
        const size = known.toString(2).replaceAll('0', '').length
        const weight = (factorial(size) * factorial(features - size - 1)) / factorial(features)
        value += weight * (worth[known | (1 << f)]! - worth[known]!)
      }
      return value
    })
  })
}
