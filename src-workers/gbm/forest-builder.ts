import type { Forest } from '#shared/jobs/scoring-types.ts'

/** Nodes of a growing forest, appended tree by tree. */
export interface ForestBuilder {
  /** Appends a leaf and returns its absolute index. */
  addLeaf: () => number
  setSplit: (node: number, split: NodeSplit) => void
  setValue: (node: number, value: number) => void
  /** Begins a tree that adds to `output` and returns the index of its root. */
  startTree: (output: number) => number
  readonly nodes: TreeNodes
  build: (classes: number, baseScore: Float64Array) => Forest
}

/** The part of a forest that walking a tree needs. */
export interface TreeNodes {
  feature: ArrayLike<number>
  threshold: ArrayLike<number>
  left: ArrayLike<number>
  right: ArrayLike<number>
  missingLeft: ArrayLike<number>
  value: ArrayLike<number>
}

export interface NodeSplit {
  feature: number
  threshold: number
  left: number
  right: number
  missingLeft: boolean
  gain: number
}

export function createForestBuilder(): ForestBuilder {
  const treeStart: number[] = []
  const treeOutput: number[] = []
  const feature: number[] = []
  const threshold: number[] = []
  const left: number[] = []
  const right: number[] = []
  const missingLeft: number[] = []
  const value: number[] = []
  const gain: number[] = []
  return {
    startTree: (output) => {
      treeStart.push(feature.length)
      treeOutput.push(output)
      return feature.length
    },
    nodes: { feature, threshold, left, right, missingLeft, value },
    addLeaf: () => {
      feature.push(-1)
      threshold.push(0)
      left.push(-1)
      right.push(-1)
      missingLeft.push(0)
      value.push(0)
      return gain.push(0) - 1
    },
    setSplit: (node, split) => {
      feature[node] = split.feature
      threshold[node] = split.threshold
      left[node] = split.left
      right[node] = split.right
      missingLeft[node] = split.missingLeft ? 1 : 0
      gain[node] = split.gain
    },
    setValue: (node, leafValue) => {
      value[node] = leafValue
    },
    build: (classes, baseScore) => ({
      classes,
      outputs: baseScore.length,
      baseScore,
      treeStart: Int32Array.from(treeStart.concat(feature.length)),
      treeOutput: Int32Array.from(treeOutput),
      feature: Int32Array.from(feature),
      threshold: Float64Array.from(threshold),
      left: Int32Array.from(left),
      right: Int32Array.from(right),
      missingLeft: Uint8Array.from(missingLeft),
      value: Float64Array.from(value),
      gain: Float64Array.from(gain),
    }),
  }
}
