import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { Sweep } from '#main/ledger/sweeps.ts'
import type { BracketParity } from '#shared/contract/brackets.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import type { ConfigTuple, Gate } from '#shared/contract/schemas.ts'
import type { SweepWork } from '#shared/contract/sweep-analysis.ts'
import { SigmaError } from '#shared/errors.ts'
import { measureOverfittingJob } from '#shared/jobs/measure-overfitting.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import {
  deflateStored,
  describeRun,
  evaluatePoints,
  type Judged,
  judge,
  recordTrials,
  trialsOf,
} from './evaluation.ts'
import { formatHours } from './parse-lists.ts'
import { configTupleOf, type GridPoint, type RunPlan } from './run-plan.ts'
import { analyseSweep, writeResultsCsv } from './sweep-results.ts'

/** The whole of a sweep, resolved: its identity is the hash of it. */
export interface SweepSpec {
  plan: RunPlan
  grid: GridPoint[]
  save: boolean
}

/** One configuration as a reply shows it. */
export interface SweepRun {
  id: string | null
  config: ConfigTuple
  best_sharpe_hourly: number | null
  best_cum_ret: number | null
  metrics: Partial<RunMetrics>
  gate: Gate
  parity: BracketParity | null
}

/** Evaluates the grid of a sweep group by group, storing rows as they come; what is stored already is left out. */
export async function runSweep(
  context: ServiceContext,
  sweep: Sweep,
  job: JobRunContext,
): Promise<SweepRun[] | null> {
  const { ledger, matrixStore, clock } = context
  const sweep_id = sweep.id
  const { plan, grid, save } = sweep.spec as unknown as SweepSpec
  const started_at = clock()
  const loaded = await matrixStore.load(plan.matrix_sha)
  const { profile } = ledger.matrices.get(plan.matrix_sha)!
  const redColumns = profile.leakage_flags.filter(({ level }) => level === 'red').map(({ column }) => column)
  const groups = groupByHours(grid)
  const watch = watchWork()
  const stored = ledger.sweeps.resultKeys(sweep_id)
  const everything: Evaluated[] = []
  for (const [g, points] of groups.entries()) {
    const note = `hours ${formatHours(points[0]!.hours) ?? 'all'}`
    const onFold = (done: number, folds: number, isTrained: boolean) => {
      watch.fold(isTrained, done === folds)
      job.report({ done: g + (0.9 * done) / folds, total: groups.length, note })
    }
    watch.startGroup()
    const evaluated = await evaluatePoints(context, plan, points, job, { reportEach: true, onFold })
    everything.push(...evaluated)
    const trials = recordTrials(context, plan, evaluated)
    for (const each of evaluated) {
      if (job.cancelled()) throw new SigmaError('CANCELED', `sweep ${sweep_id} was canceled`)
      if (stored.has(each.configKey) || !save) continue
      const judged = judge(plan, loaded, redColumns, each, trials, null)
      const position = grid.indexOf(each.point)
      const place = {
        kind: 'sweep' as const,
        sweep: { id: sweep_id, position },
        params: { ...each.point },
        started_at,
      }
      ledger.backtestRuns.add(await describeRun(context, plan, each, judged, place))
    }
    job.report({ done: g + 1, total: groups.length, note })
    context.announce('result', { kind: 'sweep', sweep_id: String(sweep_id), model_id: plan.model_id })
  }
  // Every configuration of the sweep is a trial of every other: only now is their number known, so all are judged again.
  const byKey = new Map(everything.map((each) => [each.configKey, each]))
  const byPoint = new Map(everything.map(({ point, result }) => [point, result.dailyReturn]))
  const analysis = await analyseSweep(
    grid.map((point) => byPoint.get(point)!),
    (input) => job.run(measureOverfittingJob, input, { report: () => {} }),
  )
  const trials = trialsOf(context, plan.model_id)
  const judged = new Map<number, Judged>()
  for (const { config_key, backtest_run_id } of ledger.sweeps.results(sweep_id, grid.length, 0).rows) {
    const evaluated = byKey.get(config_key)
    if (!evaluated || backtest_run_id === null) continue
    judged.set(backtest_run_id, judge(plan, loaded, redColumns, evaluated, trials, analysis.pbo))
  }
  await writeResultsCsv(context, sweep_id, judged)
  const work = watch.stop()
  job.commit(() => {
    for (const [id, figures] of judged) ledger.backtestRuns.setFigures(id, figures)
    deflateStored(context, plan.model_id)
    ledger.sweeps.update(sweep_id, { pbo: analysis.pbo, analysis: { ...analysis, work } })
  })
  context.announce('result', { kind: 'sweep', sweep_id: String(sweep_id), model_id: plan.model_id })
  if (save) return null
  return everything.map((each): SweepRun => {
    const { metrics, gate } = judge(plan, loaded, redColumns, each, trials, analysis.pbo)
    const { bestSharpeHourly: best_sharpe_hourly, bestCumRet: best_cum_ret } = each.result
    const config = configTupleOf(plan, each.point)
    return { id: null, config, best_sharpe_hourly, best_cum_ret, metrics, gate, parity: each.parity }
  })
}

/** Tells the time that training took from the rest. */
function watchWork() {
  const start = performance.now()
  let groupStart = start
  let [trained, training] = [0, 0]
  return {
    startGroup: () => {
      groupStart = performance.now()
    },
    fold(isTrained: boolean, isLast: boolean) {
      if (isTrained) trained++
      if (isLast) training += performance.now() - groupStart
    },
    stop(): SweepWork {
      const other = performance.now() - start - training
      return { trained_folds: trained, training_seconds: training / 1000, other_seconds: other / 1000 }
    },
  }
}

/** Points that share their hours share their scores. */
export function groupByHours(grid: readonly GridPoint[]): GridPoint[][] {
  const groups = new Map<string, GridPoint[]>()
  for (const point of grid) {
    const key = formatHours(point.hours) ?? ''
    groups.set(key, [...(groups.get(key) ?? []), point])
  }
  return [...groups.values()]
}
