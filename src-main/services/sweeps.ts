import { join } from 'node:path'
import type { SweepSummary } from '#main/ledger/sweeps.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'
import type { BracketParity } from '#shared/contract/brackets.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { SweepService } from './index.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import { createSweepPlanner } from './plan-sweep.ts'
import { readDetail } from './run-detail.ts'
import { planRun, requireFit } from './run-plan.ts'
import { shaOf } from './sha.ts'
import { planGrid, planSweep } from './sweep-grid.ts'
import { runSweep, type SweepRun, type SweepSpec } from './sweep-job.ts'

interface SweepInput {
  sweep_id: number
}

const RECENT_ROWS = 200
const DETAILS_AT_ONCE = 16

/** Sweeps of configurations over shared out-of-fold scores. */
export function createSweepService(
  context: ServiceContext,
  matrices: Pick<MatrixBuilds, 'ensureDefault' | 'ensure' | 'requireMatrix' | 'findDefault'>,
) {
  const { ledger, packStore, runner, clock, root } = context
  const planner = createSweepPlanner(context, matrices)

  runner.define<SweepInput, SweepRun[] | null>('sweep', {
    title: titleOf,
    run: ({ sweep_id }, job) => runSweep(context, requireSweep(sweep_id), job),
    quota: 'max_concurrent_sweeps',
  })

  function titleOf({ sweep_id }: SweepInput): string {
    return `Sweep of ${ledger.sweeps.get(sweep_id)?.model_id ?? sweep_id}`
  }

  /** Finds the identical sweep or makes a new one with its job, all or nothing. */
  function submit(spec: SweepSpec, force: boolean, priority: 'interactive' | 'batch') {
    const identity_sha = shaOf(spec)
    const { plan, grid } = spec
    const known = force ? undefined : ledger.sweeps.findByIdentity(identity_sha)
    if (known) return { sweep: known, reused: true }
    return ledger.transaction(() => {
      const id = ledger.sweeps.add({
        identity_sha,
        pack_id: plan.pack_id,
        model_id: plan.model_id,
        tag: plan.tag,
        risk_profile: plan.risk_profile,
        matrix_sha: plan.matrix_sha,
        total: grid.length,
        spec: { ...spec },
      })
      const subject = { model_id: plan.model_id, sweep_id: String(id) }
      const job = runner.submit('sweep', { sweep_id: id }, { subject, priority })
      ledger.sweeps.update(id, { job_id: Number(job.job_id) })
      return { sweep: requireSweep(id), reused: false }
    })
  }

  function requireSweep(id: number) {
    const sweep = ledger.sweeps.get(id)
    if (!sweep) throw new SigmaError('NOT_FOUND', `no sweep has the id ${id}`)
    return sweep
  }

  async function matrixOf(
    model: LoadedModel,
    start: string | undefined,
    end: string | undefined,
  ): Promise<string> {
    if (start === undefined && end === undefined) return (await matrices.ensureDefault(model)).matrix_sha
    const { meta } = matrices.requireMatrix((await matrices.ensureDefault(model)).matrix_sha)
    const window = { start: start ?? meta.date_window.start, end: end ?? meta.date_window.end }
    return (await matrices.ensure(model, window, false)).matrix_sha
  }

  const service: SweepService = {
    async runAndWait(body) {
      const model = packStore.model(body.model_id, body.pack_id)
      const matrix_sha = await matrixOf(model, body.start, body.end)
      const { meta } = matrices.requireMatrix(matrix_sha)
      const plan = planRun(packStore, model, meta, {
        profile: body.risk_profile ?? 'balanced',
        splits: body.splits,
        embargo: body.embargo,
        tag: body.tag ?? 'sweep',
      })
      const grid = planGrid(plan, meta, {
        thresholds: body.thresholds_variants,
        hours:
          body.allowed_hours_variants ??
          (body.allowed_hours === undefined ? undefined : [body.allowed_hours]),
        topPct: body.top_pct_variants,
      })
      const { sweep } = submit({ plan, grid, save: body.save ?? true }, body.force ?? false, 'interactive')
      const unsaved =
        sweep.job_id === null ? null : await runner.wait<SweepRun[] | null>(String(sweep.job_id))
      return replyOf(sweep.id, unsaved ?? (await storedRuns(sweep.id, grid.length)), body)
    },

    async start(body) {
      const model = packStore.model(body.model_id)
      const matrix_sha = body.matrix_sha ?? (await matrices.ensureDefault(model)).matrix_sha
      const { meta } = matrices.requireMatrix(matrix_sha)
      requireFit(model, meta)
      const { plan, grid } = planSweep(packStore, model, meta, body)
      const spec = { plan, grid, save: true }
      const { sweep, reused } = submit(spec, body.force ?? false, 'batch')
      return {
        sweep_id: String(sweep.id),
        reused,
        job_id: sweep.job_id === null ? null : String(sweep.job_id),
      }
    },

    plan: planner.plan,

    async list({ limit = 20, offset = 0, ...filter }) {
      const { rows, total } = ledger.sweeps.list({ ...filter, limit, offset })
      return { rows: rows.map(summaryOf), total, limit, offset, next_offset: offset + rows.length }
    },

    async get(sweepId, { results = true }) {
      const sweep = requireSweep(Number(sweepId))
      const rows = results ? ledger.sweeps.results(sweep.id, 100_000, 0).rows : []
      const csv_uri = `sweeps/${sweep.id}/results.csv`
      return {
        sweep: summaryOf(sweep),
        null_seconds: planner.nullSeconds(sweep.spec as unknown as SweepSpec),
        analysis: sweep.analysis && { ...unknownFigures, ...sweep.analysis },
        results: rows.map(({ id, kind, params, metrics, backtest_run_id, created_at }) => {
          return { id, kind, params, metrics, csv_uri, backtest_run_id, created_at }
        }),
      }
    },

    async status(sweepId) {
      const sweep = requireSweep(Number(sweepId))
      const job = sweep.job_id === null ? undefined : runner.get(String(sweep.job_id))
      const isDone = sweep.status === 'completed'
      return {
        status: sweep.status,
        progress: { completed: isDone ? sweep.total : sweep.completed, total: sweep.total },
        note: job?.progress.note ?? null,
        error: sweep.error,
        job_id: sweep.job_id === null ? null : String(sweep.job_id),
        results: ledger.backtestRuns.ofSweep(sweep.id, RECENT_ROWS, 0).rows,
      }
    },

    async results(sweepId, { limit = 50, offset = 0 }) {
      const sweep = requireSweep(Number(sweepId))
      return ledger.backtestRuns.ofSweep(sweep.id, limit, offset)
    },
  }
  return service

  async function parityOf(runId: string): Promise<BracketParity | null> {
    const uri = ledger.backtestRuns.get(Number(runId))?.detail_uri ?? null
    return uri === null ? null : (await readDetail(root, uri)).parity
  }

  async function storedRuns(sweepId: number, count: number): Promise<SweepRun[]> {
    const runs: SweepRun[] = []
    // A detail holds every trade of its run: only a few at a time, or ten thousand of them would fill the memory.
    for (let isMore = true; isMore; ) {
      const { rows, total } = ledger.backtestRuns.ofSweep(sweepId, DETAILS_AT_ONCE, runs.length)
      runs.push(...(await Promise.all(rows.map(async (row) => ({ ...row, parity: await parityOf(row.id) })))))
      isMore = rows.length > 0 && runs.length < Math.min(count, total)
    }
    return runs
  }

  async function replyOf(
    sweepId: number,
    rows: readonly SweepRun[],
    body: InputOf<'runBacktestSweep'>['body'],
  ): Promise<ReplyOf<'runBacktestSweep'>> {
    const runs = rows.map((row) => ({
      kind: row.config.kind === 'thr' ? 'thresholds' : 'top_pct',
      thresholds: row.config.kind === 'thr' ? row.config.value : null,
      top_pct: row.config.kind === 'top_pct' ? Number(row.config.value) : null,
      allowed_hours: row.config.allowed_hours ?? '',
      backtest_run_id: row.id,
      result: {
        best_sharpe_hourly: row.best_sharpe_hourly,
        best_cum_ret: row.best_cum_ret,
        total_trades: row.metrics.trades ?? 0,
        parity: row.parity,
        metrics: row.metrics,
        gate: row.gate,
      },
    }))
    const filtered = rows.filter(
      ({ metrics }) =>
        (metrics.trades ?? 0) >= (body.min_trades ?? 0) &&
        (body.min_sharpe === undefined || (metrics.sharpe ?? Number.NEGATIVE_INFINITY) >= body.min_sharpe),
    ).length
    const stamp = clock().replaceAll(/[-:]/g, '').replace('T', '_').slice(0, 15)
    const report_path = `reports/backtest_sweep_${body.model_id}_${stamp}_${sweepId}.json`
    const reply = { runs, count: runs.length, filtered, report_path, sweep_id: sweepId }
    await writeFileAtomic(join(root, report_path), `${JSON.stringify(reply, null, 2)}\n`)
    return reply
  }
}

/** What an analysis of an earlier version says of itself. */
const unknownFigures = { null_test: null, chosen: [], inside: [], outside: [], years: null, work: null }

function summaryOf(sweep: SweepSummary): SweepSummary {
  const { id, pack_id, model_id, tag, status, risk_profile, matrix_sha, total, completed, passed } = sweep
  const { spec, error, pbo, started_at, finished_at, created_at } = sweep
  return {
    id,
    pack_id,
    model_id,
    tag,
    status,
    risk_profile,
    matrix_sha,
    total,
    completed,
    passed,
    spec,
    error,
    pbo,
    started_at,
    finished_at,
    created_at,
  }
}
