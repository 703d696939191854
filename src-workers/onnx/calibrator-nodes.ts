import type { Calibrator } from '#shared/jobs/scoring-types.ts'
import { PROBABILITY_EDGE } from '#workers/calibration/calibrator.ts'
import { LOGIT_EDGE } from '#workers/calibration/logit.ts'
import type { GraphBuilder } from './graph-builder.ts'

/** Adds the calibrator, the clip and the renormalising to raw probabilities [N, classes]. */
export function addCalibrator(graph: GraphBuilder, calibrator: Calibrator, proba: string): string {
  const calibrated = addKind(graph, calibrator, proba)
  const clipped = graph.add('Clip', [
    calibrated,
    graph.scalar(PROBABILITY_EDGE),
    graph.scalar(1 - PROBABILITY_EDGE),
  ])
  return addNormalise(graph, clipped)
}

/** Divides each row by its sum. */
export function addNormalise(graph: GraphBuilder, rows: string): string {
  const sum = graph.add('ReduceSum', [rows, graph.indices([1])], { keepdims: { int: 1 } })
  return graph.add('Div', [rows, sum])
}

function addKind(graph: GraphBuilder, calibrator: Calibrator, proba: string): string {
  if (calibrator.kind === 'none') return proba
  if (calibrator.kind === 'sigmoid') {
    const p = graph.add('Clip', [proba, graph.scalar(LOGIT_EDGE), graph.scalar(1 - LOGIT_EDGE)])
    const rest = graph.add('Sub', [graph.scalar(1), p])
    const logit = graph.add('Sub', [graph.add('Log', [p]), graph.add('Log', [rest])])
    const scaled = graph.add('Mul', [logit, graph.row(calibrator.a)])
    return graph.add('Sigmoid', [graph.add('Add', [scaled, graph.row(calibrator.b)])])
  }
  const columns = calibrator.x.map((x, c) => {
    const column = graph.add('Gather', [proba, graph.indices([c])], { axis: { int: 1 } })
    return addLine(graph, column, x, calibrator.y[c]!)
  })
  return graph.add('Concat', columns, { axis: { int: 1 } })
}

/** y0 + Σ slope · (x held to the segment − its start): the line through the knots, constant outside them. */
function addLine(graph: GraphBuilder, column: string, x: Float64Array, y: Float64Array): string {
  if (x.length === 1)
    return graph.add('Add', [graph.add('Mul', [column, graph.scalar(0)]), graph.scalar(y[0]!)])
  const starts = x.subarray(0, -1)
  const ends = x.subarray(1)
  const slopes = starts.map((start, i) => (y[i + 1]! - y[i]!) / (ends[i]! - start))
  const held = graph.add('Min', [graph.add('Max', [column, graph.row(starts)]), graph.row(ends)])
  const rise = graph.add('Mul', [graph.add('Sub', [held, graph.row(starts)]), graph.row(slopes)])
  const sum = graph.add('ReduceSum', [rise, graph.indices([1])], { keepdims: { int: 1 } })
  return graph.add('Add', [sum, graph.scalar(y[0]!)])
}
