import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { Sweep } from '#main/ledger/sweeps.ts'
import type { NullTest } from '#shared/contract/sweep-analysis.ts'
import { SigmaError } from '#shared/errors.ts'
import { permuteBlocks } from '#shared/kernels/block-permutation.ts'
import type { ServiceContext } from './context.ts'
import { evaluateOn, evaluatePoints } from './evaluation.ts'
import type { NullTestService } from './index.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import type { RunPlan } from './run-plan.ts'
import { columnNamed, horizonOf } from './scoring.ts'
import { groupByHours, type SweepSpec } from './sweep-job.ts'

/** Fixed, so that nobody stops at a number that pleases. */
export const SHUFFLES = 100

interface NullInput {
  sweep_id: number
}

/** Says how good the best of a sweep looks when there is nothing to find. */
export function createNullTestService(context: ServiceContext): NullTestService {
  const { ledger, runner } = context

  runner.define<NullInput, NullTest>('sweep_null', {
    title: ({ sweep_id }) => `Shuffled-label null of sweep ${sweep_id}`,
    run: ({ sweep_id }, job) => testNull(context, requireSweep(sweep_id), job),
    maxConcurrent: 1,
  })

  function requireSweep(id: number): Sweep {
    const sweep = ledger.sweeps.get(id)
    if (!sweep) throw new SigmaError('NOT_FOUND', `no sweep has the id ${id}`)
    return sweep
  }

  /** The job that is at it already, if there is one. */
  function pendingJob(sweepId: string): string | undefined {
    for (const status of ['running', 'queued'] as const) {
      const { rows } = runner.list({ kind: 'sweep_null', status, limit: 200, offset: 0 })
      const found = rows.find(({ subject }) => subject['sweep_id'] === sweepId)
      if (found) return found.job_id
    }
    return undefined
  }

  return {
    async start(sweepId) {
      const sweep = requireSweep(Number(sweepId))
      const sweep_id = String(sweep.id)
      if (sweep.status !== 'completed' || !sweep.analysis) {
        throw new SigmaError(
          'CONFLICT',
          `sweep ${sweep_id} is ${sweep.status}: its null follows when it is completed`,
        )
      }
      if (sweep.analysis.null_test) return { sweep_id, reused: true, job_id: null }
      const pending = pendingJob(sweep_id)
      if (pending !== undefined) return { sweep_id, reused: true, job_id: pending }
      const subject = { model_id: sweep.model_id, sweep_id }
      const { job_id } = runner.submit('sweep_null', { sweep_id: sweep.id }, { subject, priority: 'batch' })
      return { sweep_id, reused: false, job_id }
    },
  }
}

async function testNull(context: ServiceContext, sweep: Sweep, job: JobRunContext): Promise<NullTest> {
  const { ledger, matrixStore } = context
  const { plan, grid } = sweep.spec as unknown as SweepSpec
  // Brackets have no part in the Sharpe ratio.
  const bare: RunPlan = { ...plan, brackets: null }
  const groups = groupByHours(grid)
  const loaded = await matrixStore.load(plan.matrix_sha)
  const options = { reportEach: false, onFold: () => {} }
  const total = SHUFFLES + 1

  let observed = Number.NaN
  for (const points of groups) {
    job.checkpoint()
    observed = bestOf(observed, await evaluatePoints(context, bare, points, job, options))
  }
  if (Number.isNaN(observed)) {
    throw new SigmaError('NO_DATA', `sweep ${sweep.id} has no Sharpe ratio to test: no configuration traded`)
  }
  const seed = plan.model.seed
  const block_rows = horizonOf(loaded)
  const best: number[] = []
  for (let k = 0; k < SHUFFLES; k++) {
    job.report({ done: k + 1, total, note: `shuffle ${k + 1} of ${SHUFFLES}` })
    // One order for all hours: their configurations stay as alike as they were.
    const order = permuteBlocks(loaded.matrix.rows, block_rows, seed + (k + 1) * 1_000_003)
    const dealt = dealFeatures(loaded, plan, order)
    let sharpe = Number.NaN
    for (const points of groups) {
      job.checkpoint()
      sharpe = bestOf(sharpe, await evaluateOn(dealt, bare, points, job, { ...options, folder: null }))
    }
    best.push(Number.isNaN(sharpe) ? 0 : sharpe)
  }
  const ascending = Float64Array.from(best).sort()
  const reached = best.filter((sharpe) => sharpe >= observed).length
  const test: NullTest = {
    shuffles: SHUFFLES,
    seed,
    block_rows,
    observed,
    best,
    mean: best.reduce((sum, sharpe) => sum + sharpe, 0) / SHUFFLES,
    p95: ascending[Math.ceil(0.95 * SHUFFLES) - 1]!,
    p_value: (1 + reached) / (1 + SHUFFLES),
  }
  job.commit(() => {
    const { analysis } = ledger.sweeps.get(sweep.id)!
    if (analysis) ledger.sweeps.update(sweep.id, { analysis: { ...analysis, null_test: test } })
  })
  context.announce('result', { kind: 'sweep_null', sweep_id: String(sweep.id), model_id: plan.model_id })
  return test
}

/**
 * Labels, returns and prices dealt out anew in blocks, seen from the other side: the rows keep them, with their lives and
 * overlaps, and get the features of other rows. So the path, the base rates and the purging stay exact.
 */
function dealFeatures(loaded: LoadedMatrix, plan: RunPlan, order: Int32Array): LoadedMatrix {
  const { matrix } = loaded
  const names = [
    ...new Set([...plan.features, ...(plan.momentum_column === null ? [] : [plan.momentum_column])]),
  ]
  const columns = names.map((name) => {
    const column = columnNamed(matrix, name, 'feature')
    return Float64Array.from(order, (row) => column[row]!)
  })
  return { ...loaded, matrix: { ...matrix, features: names, columns } }
}

function bestOf(
  soFar: number,
  evaluated: readonly { result: { metrics: { sharpe: number | null } } }[],
): number {
  let best = soFar
  for (const { result } of evaluated) {
    const { sharpe } = result.metrics
    if (sharpe !== null && !(sharpe <= best)) best = sharpe
  }
  return best
}
