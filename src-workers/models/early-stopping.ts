import type { LearningTable, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { spanOf, touches } from '#workers/cv/label-spans.ts'
import { LEAST_INNER_ROWS } from '#workers/cv/plan-folds.ts'
import { whySkipped } from '#workers/cv/why-skipped.ts'
import { probaOfMargins } from '#workers/gbm/predict-forest.ts'
import { baseScores, type TrainHooks, trainForest } from '#workers/gbm/train-forest.ts'
import { addTree } from '#workers/gbm/walk-tree.ts'

const HELD_OUT = 0.15

/**
 * Rounds to train on all of `rows`: those with the least log loss on the newest 15 % of them, by trees of the rows before,
 * purged against the held-out span. `n_estimators` where stopping is not asked for or either side is too small.
 * @param scaled columns of `rows` alone, in their order
 */
export function earlyStoppingRounds(
  table: LearningTable,
  rows: Int32Array,
  scaled: readonly Float64Array[],
  spec: ModelSpec,
  hooks: TrainHooks,
): number {
  const patience = spec.early_stopping_rounds ?? 0
  const start = Math.floor(rows.length * (1 - HELD_OUT))
  if (patience <= 0 || rows.length - start < LEAST_INNER_ROWS) return spec.n_estimators
  const span = spanOf(table, rows, start, rows.length)
  const learned = Int32Array.from(rows.subarray(0, start).keys()).filter(
    (i) => !touches(table, rows[i]!, span),
  )
  const learnedRows = learned.map((i) => rows[i]!)
  if (whySkipped(learnedRows, table.y, LEAST_INNER_ROWS) !== null) return spec.n_estimators

  const classes = table.classes.length
  const y = Int8Array.from(learnedRows, (r) => table.y[r]!)
  const weights = Float64Array.from(learnedRows, (r) => table.weight[r]!)
  const columns = scaled.map((column) => Float64Array.from(learned, (i) => column[i]!))
  const heldColumns = scaled.map((column) => column.slice(start))
  const heldRows = rows.subarray(start)
  const base = baseScores(y, weights, classes)
  const outputs = base.length
  const margin = Float64Array.from({ length: heldRows.length * outputs }, (_, i) => base[i % outputs]!)
  let best = lossOf(table, heldRows, probaOfMargins(margin, classes, outputs), classes)
  let rounds = 0
  trainForest(columns, y, weights, classes, spec, { ...hooks, report: () => {} }, (nodes, roots, round) => {
    for (let o = 0; o < outputs; o++) addTree(nodes, roots[o]!, heldColumns, margin, o, outputs)
    const loss = lossOf(table, heldRows, probaOfMargins(margin, classes, outputs), classes)
    if (loss < best) {
      best = loss
      rounds = round + 1
    }
    return round + 1 - rounds < patience
  })
  return Math.max(1, rounds)
}

function lossOf(table: LearningTable, rows: Int32Array, proba: Float64Array, classes: number): number {
  let loss = 0
  for (let i = 0; i < rows.length; i++) {
    const r = rows[i]!
    loss -= table.weight[r]! * Math.log(Math.max(1e-15, proba[i * classes + table.y[r]!]!))
  }
  return loss
}
