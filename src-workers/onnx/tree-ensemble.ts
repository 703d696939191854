import type { Forest } from '#shared/jobs/scoring-types.ts'
import type { GraphBuilder } from './graph-builder.ts'
import { byteTensor, doubleTensor, ML_DOMAIN } from './onnx-messages.ts'

const SUM = 1

/**
 * Adds the forest as one TreeEnsemble in double and returns its margins, [N, outputs], base score included. All branches are
 * "x ≤ threshold goes to the true side"; a NaN goes there where missing_value_tracks_true says so. A forest without trees, and
 * a tree that is one leaf, become a split with equal sides: the operator has no tree without a branch, and no base value.
 */
export function addTreeEnsemble(graph: GraphBuilder, forest: Forest, input: string): string {
  const splits: number[] = []
  const features: number[] = []
  const missingTrue: number[] = []
  const sides = {
    trueIds: [] as number[],
    trueLeaf: [] as number[],
    falseIds: [] as number[],
    falseLeaf: [] as number[],
  }
  const leafTargets: number[] = []
  const leafWeights: number[] = []
  const roots: number[] = []

  const addLeaf = (output: number, value: number): number => {
    leafTargets.push(output)
    return leafWeights.push(value) - 1
  }
  const addBranch = (feature: number, threshold: number, isMissingTrue: number): number => {
    features.push(feature)
    missingTrue.push(isMissingTrue)
    for (const side of Object.values(sides)) side.push(0)
    return splits.push(threshold) - 1
  }
  const link = (branch: number, isTrueSide: boolean, node: number, output: number): void => {
    const isLeaf = forest.feature[node]! < 0
    const id = isLeaf ? addLeaf(output, forest.value[node]!) : addNode(node, output)
    sides[isTrueSide ? 'trueIds' : 'falseIds'][branch] = id
    sides[isTrueSide ? 'trueLeaf' : 'falseLeaf'][branch] = isLeaf ? 1 : 0
  }
  const addNode = (node: number, output: number): number => {
    const branch = addBranch(forest.feature[node]!, forest.threshold[node]!, forest.missingLeft[node]!)
    link(branch, true, forest.left[node]!, output)
    link(branch, false, forest.right[node]!, output)
    return branch
  }
  const addConstant = (output: number, value: number): void => {
    const branch = addBranch(0, 0, 0)
    roots.push(branch)
    sides.trueIds[branch] = addLeaf(output, value)
    sides.falseIds[branch] = addLeaf(output, value)
    sides.trueLeaf[branch] = 1
    sides.falseLeaf[branch] = 1
  }

  for (let t = 0; t < forest.treeOutput.length; t++) {
    const root = forest.treeStart[t]!
    const output = forest.treeOutput[t]!
    if (forest.feature[root]! < 0) addConstant(output, forest.value[root]!)
    else roots.push(addNode(root, output))
  }
  for (let output = 0; roots.length === 0 && output < forest.outputs; output++) addConstant(output, 0)

  const margin = graph.add(
    'TreeEnsemble',
    [input],
    {
      aggregate_function: { int: SUM },
      post_transform: { int: 0 },
      n_targets: { int: forest.outputs },
      tree_roots: { ints: roots },
      nodes_featureids: { ints: features },
      nodes_modes: { tensor: byteTensor(new Uint8Array(splits.length)) },
      nodes_splits: { tensor: doubleTensor(splits, [splits.length]) },
      nodes_truenodeids: { ints: sides.trueIds },
      nodes_trueleafs: { ints: sides.trueLeaf },
      nodes_falsenodeids: { ints: sides.falseIds },
      nodes_falseleafs: { ints: sides.falseLeaf },
      nodes_missing_value_tracks_true: { ints: missingTrue },
      leaf_targetids: { ints: leafTargets },
      leaf_weights: { tensor: doubleTensor(leafWeights, [leafWeights.length]) },
    },
    ML_DOMAIN,
  )
  return graph.add('Add', [margin, graph.row(forest.baseScore)])
}
