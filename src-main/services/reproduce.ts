import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { evaluateOn } from './evaluation.ts'
import type { ReproductionService } from './index.ts'
import { judge, judgeable } from './judgement.ts'
import { rebuildMatrix, sourcesOf } from './rebuild-matrix.ts'
import { detailOf, detailSha, readDetail, shaInUri } from './run-detail.ts'
import { configShaOf, type GridPoint, type RunPlan } from './run-plan.ts'
import { shaOf } from './sha.ts'
import { trialsOf } from './trial-book.ts'

type Reply = ReplyOf<'reproduceBacktestRun'>

/** Figures that every further trial of the model changes: no property of the run alone. */
const countTrials: readonly (keyof RunMetrics)[] = ['dsr', 'sr0', 'trials', 'trials_effective']

/** Runs stored runs again from their lineage. */
export function createReproductionService(context: ServiceContext): ReproductionService {
  const { ledger, runner, root } = context

  runner.define<{ backtest_run_id: string }, Reply>('reproduce', {
    title: ({ backtest_run_id }) => `Reproducing run ${backtest_run_id}`,
    run: ({ backtest_run_id }, job) => runAgain(backtest_run_id, job),
  })

  function requireRun(id: string) {
    const run = ledger.backtestRuns.get(Number(id))
    if (!run) throw new SigmaError('NOT_FOUND', `no backtest run has the id ${id}`)
    return run
  }

  async function runAgain(id: string, job: JobRunContext): Promise<Reply> {
    const begun = performance.now()
    const run = requireRun(id)
    const { row } = run
    const stored = run.detail_uri === null ? null : await readDetail(root, run.detail_uri)
    if (run.detail_uri === null || stored === null)
      throw new SigmaError('NO_DATA', `run ${id} kept no detail file to be run again from`)
    const { plan, point } = stored
    const matrix = ledger.matrices.get(plan.matrix_sha)
    if (!matrix) throw new SigmaError('NOT_FOUND', `no matrix has the sha ${plan.matrix_sha}`)

    job.report({ done: 0, total: 10, note: 'building the matrix' })
    const rebuilt = await rebuildMatrix(context, matrix.meta, plan, job)
    job.checkpoint()
    const [evaluated] = await evaluateOn(rebuilt.loaded, plan, [point], job, {
      folder: null,
      lake: context.lake,
      reportEach: true,
      onFold: (done, total) => job.report({ done: 2 + (7 * done) / total, total: 10, note: 'folds' }),
    })
    if (!evaluated) throw new Error('one configuration gives one result')
    const trials = await trialsOf(context, plan.model_id)
    const now = judge(plan, rebuilt.loaded, [], judgeable(evaluated), trials, null)

    const before = sourcesOf(matrix.meta)
    const ids = [...new Set([...before, ...rebuilt.sources].map((source) => source.id))]
    const shaOfSource = (sources: typeof before, wanted: string) =>
      sources.find((source) => source.id === wanted)?.content_sha ?? null
    const detail_sha = { stored: shaInUri(run.detail_uri), now: detailSha(detailOf(plan, evaluated)) }
    const metrics = differences(row.metrics, now.metrics)
    const folds_equal = JSON.stringify(run.folds) === JSON.stringify(evaluated.result.folds)
    const shas = {
      matrix_sha: { stored: row.lineage.matrix_sha, now: rebuilt.matrix_sha },
      ...packShas(context, plan, point, row.lineage),
    }
    return {
      backtest_run_id: id,
      equal: detail_sha.stored === detail_sha.now && metrics.length === 0 && folds_equal,
      changed: Object.entries(shas).flatMap(([name, each]) => (each.stored === each.now ? [] : [name])),
      ...shas,
      sources: ids.map((source) => ({
        id: source,
        stored: shaOfSource(before, source),
        now: shaOfSource(rebuilt.sources, source),
      })),
      metrics,
      folds_equal,
      detail_sha,
      seconds: (performance.now() - begun) / 1000,
      notes:
        detailSha(stored) === detail_sha.stored
          ? []
          : [`${run.detail_uri} is not what was written: it was edited`],
    }
  }

  return {
    async reproduce(id) {
      const { row } = requireRun(id)
      const subject = { model_id: row.model_id, backtest_run_id: id }
      const job = runner.submit('reproduce', { backtest_run_id: id }, { subject, priority: 'interactive' })
      return runner.wait<Reply>(job.job_id)
    },
  }
}

/** Configuration, policy and budget as the run has them and as engine and packs would give them today. */
function packShas(
  { packStore }: Pick<ServiceContext, 'packStore'>,
  plan: RunPlan,
  point: GridPoint,
  lineage: { config_sha?: string | null; policy_sha?: string | null; risk_sha: string },
) {
  const today = <T>(read: () => T): T | null => {
    try {
      return read()
    } catch (error) {
      // A model, a policy or a pack that is gone or cannot be read has no sha today.
      if (error instanceof SigmaError) return null
      throw error
    }
  }
  const model = today(() => packStore.model(plan.model_id, plan.pack_id))
  return {
    config_sha: {
      stored: lineage.config_sha ?? null,
      now: model?.spec ? configShaOf({ ...plan, model: model.spec }, point) : null,
    },
    policy_sha: {
      stored: lineage.policy_sha ?? null,
      now: model && today(() => shaOf(packStore.policy(model).policy)),
    },
    risk_sha: {
      stored: lineage.risk_sha,
      now: today(() =>
        shaOf(packStore.riskBudget(plan.pack_id, plan.risk_profile, plan.overrides).riskFields),
      ),
    },
  }
}

function differences(stored: Partial<RunMetrics>, now: RunMetrics): Reply['metrics'] {
  const names = Object.keys(now) as (keyof RunMetrics)[]
  return names
    .filter((name) => !countTrials.includes(name) && (stored[name] ?? null) !== now[name])
    .map((name) => ({ name, stored: stored[name] ?? null, now: now[name] }))
}
