import type { Calibrator } from '#shared/jobs/scoring-types.ts'
import { type FittedModel, FREQUENCY_EDGE } from '#workers/models/fit-model.ts'
import type { LinearModel } from '#workers/models/logistic.ts'
import { addCalibrator, addNormalise } from './calibrator-nodes.ts'
import { createGraphBuilder, type GraphBuilder } from './graph-builder.ts'
import { encodeModel } from './onnx-messages.ts'
import { addTreeEnsemble } from './tree-ensemble.ts'

const INPUT = 'features'
const OUTPUT = 'probabilities'
const DOUBLE = 11

/**
 * The model as one ONNX file: `features` double [N, F] (NaN for missing) → scaler → model → calibrator → `probabilities`
 * double [N, classes]. `metadata` is stored with the features and classes, in order, as JSON.
 */
export function buildModelGraph(
  model: FittedModel,
  calibrator: Calibrator,
  features: readonly string[],
  classes: readonly string[],
  metadata: Record<string, string>,
): Uint8Array {
  const graph = createGraphBuilder()
  const centered = graph.add('Sub', [INPUT, graph.row(model.scaler.center)])
  const scaled = graph.add('Div', [centered, graph.row(model.scaler.scale)])
  const raw = addModel(graph, model, scaled)
  graph.nameResult(addCalibrator(graph, calibrator, raw), OUTPUT)
  return encodeModel({
    nodes: graph.nodes,
    initializers: graph.initializers,
    input: { name: INPUT, columns: features.length },
    output: { name: OUTPUT, columns: classes.length },
    metadata: {
      ...metadata,
      algorithm: model.algorithm,
      calibration: calibrator.kind,
      features: JSON.stringify(features),
      classes: JSON.stringify(classes),
    },
  })
}

function addModel(graph: GraphBuilder, model: FittedModel, scaled: string): string {
  if (model.algorithm === 'logistic')
    return addLink(graph, addLinear(graph, model.linear, scaled), model.linear.outputs)
  const margin = addTreeEnsemble(graph, model.forest, scaled)
  if (model.algorithm === 'gbm') return addLink(graph, margin, model.forest.outputs)
  if (model.forest.outputs === 1)
    return addBothClasses(graph, graph.add('Clip', [margin, graph.scalar(0), graph.scalar(1)]))
  return addNormalise(graph, graph.add('Clip', [margin, graph.scalar(FREQUENCY_EDGE), graph.scalar(1)]))
}

/** A node of its own: onnxruntime ignores the LOGISTIC transform of a tree ensemble with one target. */
function addLink(graph: GraphBuilder, margin: string, outputs: number): string {
  if (outputs > 1) return graph.add('Softmax', [margin], { axis: { int: 1 } })
  return addBothClasses(graph, graph.add('Sigmoid', [margin]))
}

function addBothClasses(graph: GraphBuilder, second: string): string {
  return graph.add('Concat', [graph.add('Sub', [graph.scalar(1), second]), second], { axis: { int: 1 } })
}

function addLinear(graph: GraphBuilder, linear: LinearModel, scaled: string): string {
  const features = linear.coefficients[0]!.length
  const isMissing = graph.add('IsNaN', [scaled])
  // The median of the training part is 0 once scaled.
  const known = graph.add('Where', [isMissing, graph.scalar(0), scaled])
  const flags = graph.add('Cast', [isMissing], { to: { int: DOUBLE } })
  const weights = graph.matrix(transpose(linear.coefficients), [features, linear.outputs])
  const flagWeights = graph.matrix(transpose(linear.flags), [features, linear.outputs])
  const margin = graph.add('Add', [
    graph.add('MatMul', [known, weights]),
    graph.add('MatMul', [flags, flagWeights]),
  ])
  return graph.add('Add', [margin, graph.row(linear.intercept)])
}

function transpose(rows: readonly Float64Array[]): Float64Array {
  const width = rows.length
  return Float64Array.from(
    { length: rows[0]!.length * width },
    (_, i) => rows[i % width]![Math.floor(i / width)]!,
  )
}
