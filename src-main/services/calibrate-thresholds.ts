import type { LoadedModel } from '#main/pack-store/types.ts'
import type { calibrationMetrics } from '#shared/contract/calibration.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import { evaluatePoints } from './evaluation.ts'
import { parseNumbers, parseThresholds } from './parse-lists.ts'
import { readDetail } from './run-detail.ts'
import type { GridPoint, RunPlan } from './run-plan.ts'
import { findScores, missingColumn } from './score-source.ts'
import { recordTrials } from './trial-book.ts'

type Body = InputOf<'calibrateThresholds'>['body']
type ThresholdsReply = ReplyOf<'calibrateThresholds'>
type Metric = (typeof calibrationMetrics)[number]
type Count = ThresholdsReply['counts'][number]

const defaultGrid = '0.50,0.55,0.60,0.65,0.70'
const scoreColumn = 'score_total'

interface EvaluateInput {
  plan: RunPlan
  points: GridPoint[]
  /** Figures that are looked at count as trials. */
  isShown: boolean
}

/** Counts trades by threshold, and on request their out-of-fold figures. */
export function createThresholdCalibration(context: ServiceContext) {
  const { ledger, packStore, runner, root } = context

  runner.define<EvaluateInput, NonNullable<ThresholdsReply['performance']>>('calibrate_thresholds', {
    title: ({ plan }) => `Thresholds of ${plan.model_id}`,
    run: async ({ plan, points, isShown }, job) => {
      const onFold = (done: number, total: number) => job.report({ done, total: total + 1, note: 'folds' })
      const evaluated = await evaluatePoints(context, plan, points, job, { reportEach: false, onFold })
      if (isShown) await recordTrials(context, plan, evaluated)
      return evaluated.map(figuresOf)
    },
  })

  /** The latest backtest's scores at each threshold, traded as that backtest traded. */
  async function evaluateOutOfFold(model: LoadedModel, grid: number[], isShown: boolean) {
    const row = ledger.backtestRuns.latestFor(model.modelId)
    const uri = row && ledger.backtestRuns.get(Number(row.id))?.detail_uri
    if (!row || !uri) {
      throw new SigmaError(
        'NO_DATA',
        `model ${model.modelId} has no backtest whose scores could be used: run one`,
      )
    }
    const { plan, point } = await readDetail(root, uri)
    const points = grid.map((value): GridPoint => ({ hours: point.hours, kind: 'thr', values: [value] }))
    const job = runner.submit(
      'calibrate_thresholds',
      { plan, points, isShown },
      { subject: { model_id: model.modelId }, priority: 'interactive' },
    )
    const figures = await runner.wait<NonNullable<ThresholdsReply['performance']>>(job.job_id)
    return { id: row.id, matrix_sha: plan.matrix_sha, figures }
  }

  return async function calibrateThresholds(body: Body): Promise<ThresholdsReply> {
    const model = packStore.model(body.model_id, body.pack_id)
    const column = body.column ?? scoreColumn
    const metric: Metric | null = body.metric ?? (body.top_n === undefined ? 'sharpe' : null)
    const source = await findScores(context, model, body.csv, column)
    if (source.scores === null && column !== scoreColumn) {
      throw missingColumn(column, source.source_csv, source.names)
    }
    const { scores } = source
    const sides = scores === null || isProbability(column, scores) ? 'both' : 'above'
    const text = body.grid ?? defaultGrid
    const grid = sides === 'both' ? parseThresholds(text, 'grid') : ascending(parseNumbers(text, 'grid'))
    const wantsFolds = scores === null || (metric !== null && sides === 'both')
    const folds = wantsFolds ? await evaluateOutOfFold(model, grid, metric !== null) : null
    const counts = scores === null ? countTrades(folds!.figures) : countScores(scores, grid, sides)
    const performance = metric === null ? null : (folds?.figures ?? null)
    if (body.top_n === undefined && performance === null) {
      throw new SigmaError('INVALID_PARAM', `top_n is needed: column ${column} is no probability to backtest`)
    }
    const chosen =
      body.top_n === undefined ? bestBy(performance!, metric!) : nearestCount(counts, body.top_n).threshold
    const warnings = scores === null ? [] : [...source.notes]
    if (scores === null && source.source_csv !== '') {
      warnings.push(
        `${source.source_csv} has no column ${column}: out-of-fold scores of backtest ${folds!.id} are used`,
      )
    }
    if (body.metric !== undefined && performance === null) {
      warnings.push(`${column} is no probability: there is nothing to backtest by ${body.metric}`)
    }
    if (performance !== null) {
      warnings.push(
        'figures are out of fold, but choosing a threshold by them is a choice on test data: expect less of it',
      )
    }
    return {
      model_id: model.modelId,
      source_csv: scores === null ? csvOf(folds!.matrix_sha, model) : source.source_csv,
      column: scores === null ? 'score_oof' : column,
      sides,
      backtest_run_id: folds?.id ?? null,
      top_n: body.top_n ?? null,
      metric,
      grid,
      counts,
      performance,
      recommended_threshold: chosen,
      expected_count: counts.find(({ threshold }) => threshold === chosen)?.count ?? null,
      warnings,
    }
  }

  /** Where a person finds the rows of a matrix: the model's own file while it is that matrix. */
  function csvOf(matrix_sha: string, model: LoadedModel): string {
    const build = ledger.buildRuns.latestFor(model.modelId)
    return build?.matrix_sha === matrix_sha
      ? build.out_csv_uri
      : ledger.matrices.get(matrix_sha)!.meta.csv_uri
  }
}

function figuresOf({ point, result: { metrics, bestSharpeHourly } }: Evaluated) {
  return {
    threshold: point.values[0]!,
    trades: metrics.trades ?? 0,
    sharpe: metrics.sharpe,
    sharpe_hourly: bestSharpeHourly,
    cum_ret: metrics.cum_return,
    win_rate: metrics.win_rate,
    max_dd: metrics.max_dd,
  }
}

/** The documented score is P(UP) / (P(UP) + P(DOWN)); anything else is counted from the threshold up. */
function isProbability(column: string, scores: Float64Array): boolean {
  return column === scoreColumn && scores.every((score) => Number.isNaN(score) || (score >= 0 && score <= 1))
}

/** Rows that a threshold lets through; of a probability both sides, and none that both sides claim. */
export function countScores(scores: Float64Array, grid: readonly number[], sides: 'both' | 'above'): Count[] {
  return grid.map((threshold) => {
    let count = 0
    for (const score of scores) {
      const isAbove = score >= threshold
      const isBelow = sides === 'both' && 1 - score >= threshold
      if (isAbove !== isBelow) count++
    }
    return { threshold, count }
  })
}

const countTrades = (figures: readonly { threshold: number; trades: number }[]): Count[] =>
  figures.map(({ threshold, trades }) => ({ threshold, count: trades }))

/** Of thresholds equally near the higher one: it is the stricter. */
export function nearestCount(counts: readonly Count[], wanted: number): Count {
  return counts.reduce((best, each) =>
    Math.abs(each.count - wanted) <= Math.abs(best.count - wanted) ? each : best,
  )
}

function bestBy(performance: NonNullable<ThresholdsReply['performance']>, metric: Metric): number | null {
  const known = performance.filter((row) => row[metric] !== null)
  const [best] = known.sort((a, b) => b[metric]! - a[metric]!)
  return best?.threshold ?? null
}

function ascending(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}
