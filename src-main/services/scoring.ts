import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { JobRunContext } from '#main/jobs/job-runner.ts'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import type { ScoredRows } from '#shared/jobs/evaluate-types.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import { scoreFoldJob } from '#shared/jobs/score-fold.ts'
import type { FoldScores, LearningTable } from '#shared/jobs/scoring-types.ts'
import { foldCount } from '#shared/kernels/fold-count.ts'
import { uniquenessWeights } from '#shared/kernels/uniqueness.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import { shaOf } from './sha.ts'
import { engineVersion, type ScoringPlan } from './strategy.ts'

/** Rows that a plan learns from and scores: those of its hours, in time order. */
export interface PlannedRows {
  table: LearningTable
  rows: ScoredRows
}

/** Cuts a matrix to the hours and features of a plan and weighs overlapping labels by their uniqueness. */
export function tableOf(
  { matrix, path }: LoadedMatrix,
  plan: ScoringPlan,
  momentumColumn: string | null,
): PlannedRows {
  const kept = rowsOfHours(matrix, plan.hours)
  if (kept.length === 0) {
    throw new SigmaError('NO_DATA', `no row of the matrix has an hour of ${plan.hours?.join(', ')}`)
  }
  const doubles = (values: Float64Array) => Float64Array.from(kept, (row) => values[row]!)
  const ints = (values: Int32Array) => Int32Array.from(kept, (row) => values[row]!)
  const ts = doubles(matrix.ts)
  const t1 = doubles(matrix.t1)
  const y = Int8Array.from(kept, (row) => matrix.y[row]!)
  const bar = ints(matrix.bar)
  const exitBar = ints(matrix.exitBar)
  return {
    table: {
      rows: kept.length,
      features: plan.features,
      columns: plan.features.map((name) => doubles(columnNamed(matrix, name, 'feature'))),
      classes: matrix.classes,
      y,
      t0: ts,
      t1,
      weight: uniquenessWeights(bar, exitBar, Math.max(path.bars, matrix.rows)),
    },
    rows: {
      rows: kept.length,
      classes: matrix.classes,
      ts,
      session: ints(matrix.session),
      hourEt: ints(matrix.hourEt),
      bar,
      exitBar,
      y,
      retFwd: doubles(matrix.retFwd),
      t1,
      momentum:
        momentumColumn === null ? null : doubles(columnNamed(matrix, momentumColumn, 'momentum_column')),
    },
  }
}

/** Row numbers of the matrix that have one of the hours; daily rows have none and all stay. */
export function rowsOfHours({ rows, hourEt }: Matrix, hours: readonly number[] | null): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row)
  return hours === null ? all : all.filter((row) => hourEt[row]! < 0 || hours.includes(hourEt[row]!))
}

/** Values of a feature or of a price, by name. Throws INVALID_PARAM naming the parameter that asked for it. */
export function columnNamed(matrix: Matrix, name: string, parameter: string): Float64Array {
  const column = matrix.columns[matrix.features.indexOf(name)] ?? ownColumn(matrix, name)
  if (column) return column
  const near = didYouMean(name, matrix.features)
  throw new SigmaError('INVALID_PARAM', `${parameter} ${name} is not a column of the matrix${near}`)
}

/** Prices and the hour are features only where a model lists them. */
export function ownColumn(matrix: Matrix, name: string): Float64Array | undefined {
  if (name === 'hour_et') return Float64Array.from(matrix.hourEt)
  const isPrice =
    name === 'open' || name === 'high' || name === 'low' || name === 'close' || name === 'volume'
  return isPrice ? matrix[name] : undefined
}

/** Bars from decision to label end, from the definition that the matrix was built with. */
export function horizonOf({ meta }: { meta: Pick<LoadedMatrix['meta'], 'label'> }): number {
  const { id, params } = meta.label as { id: string; params: Record<string, unknown> }
  const label = labels.get(id)
  // A user's CSV has a label of its own, whose longest life was measured.
  return Math.max(1, label ? label.horizonBars(params) : Number(params['horizon'] ?? 1))
}

/** Identity of the out-of-fold scores of a plan on a matrix. */
export function scoresSha(matrixSha: string, plan: ScoringPlan): string {
  return shaOf({ engine: engineVersion, matrix_sha: matrixSha, plan })
}

/** How many folds of a plan on a matrix have their scores kept. */
export function countKeptFolds(root: string, matrixSha: string, plan: ScoringPlan): number {
  const folder = scoresFolder(root, matrixSha, plan)
  let kept = 0
  for (let fold = 0; fold < foldCount(plan.cv); fold++) if (existsSync(join(folder, `${fold}.bin`))) kept++
  return kept
}

/** Where the out-of-fold scores of a plan on a matrix are kept. */
export function scoresFolder(root: string, matrixSha: string, plan: ScoringPlan): string {
  return join(root, 'cache', 'scores', scoresSha(matrixSha, plan))
}

/**
 * Out-of-fold scores of a plan, fold by fold in time order. Folds that were scored before come from the folder, so that nothing
 * is trained twice: not by another configuration, not by another profile, not after a restart. Without a folder all are trained.
 */
export async function scoreFolds(
  folder: string | null,
  table: LearningTable,
  plan: ScoringPlan,
  job: Pick<JobRunContext, 'run'>,
  onFold: (done: number, total: number, isTrained: boolean) => void,
): Promise<FoldScores[]> {
  const folds = foldCount(plan.cv)
  let done = 0
  const { cv, model, calibration } = plan
  return Promise.all(
    Array.from({ length: folds }, async (_, fold) => {
      const path = folder === null ? null : join(folder, `${fold}.bin`)
      const kept = path === null ? null : await readScores(path)
      let scores = kept
      if (!scores) {
        scores = await job.run(scoreFoldJob, { table, model, cv, fold, calibration }, { report: () => {} })
        if (path !== null) await writeFileAtomic(path, serialize(scores))
      }
      onFold(++done, folds, kept === null)
      return scores
    }),
  )
}

async function readScores(path: string): Promise<FoldScores | null> {
  if (!existsSync(path)) return null
  try {
    return deserialize(await readFile(path)) as FoldScores
  } catch {
    // A cache that cannot be read is worth nothing: it is made again.
    await rm(path, { force: true })
    return null
  }
}
