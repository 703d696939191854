import type { JobRunContext } from '#main/jobs/job-runner.ts'
import { leaderboardRow, leaderboardRowText } from '#main/ledger/leaderboard-row.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { JsonText } from '#shared/json-text.ts'
import { whyNoParity } from './bracket-plan.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import { evaluatePoints } from './evaluation.ts'
import type { BacktestService } from './index.ts'
import { describeRun, type Judged, judge, judgeable } from './judgement.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import { isoTime, type LoadedMatrix } from './matrix-store.ts'
import { writeModelCard } from './model-cards.ts'
import { parseHours, parseThresholds } from './parse-lists.ts'
import { detailOf, packDetails, pathsOf, readDetail, writePacked } from './run-detail.ts'
import { configTupleOf, type GridPoint, lineageOf, planRun, type RunPlan } from './run-plan.ts'
import { defaultThresholds } from './strategy.ts'
import { deflateStored, recordTrials } from './trial-book.ts'

type Body = InputOf<'runBacktest'>['body']
type RunReply = ReplyOf<'runBacktest'>

interface BacktestInput {
  plan: RunPlan
  point: GridPoint
  save: boolean
  params: Record<string, unknown>
}

/** Trades that one reply carries; the rest are in the detail file. */
const MAX_TRADES = 5000

/** Single backtests, and the leaderboard of every run. */
export function createBacktestService(
  context: ServiceContext,
  matrices: Pick<MatrixBuilds, 'choose' | 'requireMatrix'>,
) {
  const { ledger, packStore, matrixStore, runner, clock, root } = context

  runner.define<BacktestInput, RunReply>('backtest', {
    title: ({ plan }) => `Backtest of ${plan.model_id}`,
    run: runNow,
  })

  async function runNow({ plan, point, save, params }: BacktestInput, job: JobRunContext): Promise<RunReply> {
    const started_at = clock()
    const report = (done: number, total: number) => job.report({ done, total: total + 1, note: 'folds' })
    report(0, plan.cv.splits)
    const [evaluated] = await evaluatePoints(context, plan, [point], job, {
      reportEach: true,
      onFold: report,
      lake: context.lake,
    })
    if (!evaluated) throw new Error('one configuration gives one result')
    const loaded = await matrixStore.load(plan.matrix_sha)
    const { profile } = ledger.matrices.get(plan.matrix_sha)!
    const red = profile.leakage_flags.filter(({ level }) => level === 'red')
    const redColumns = red.map(({ column }) => column)
    const trials = await recordTrials(context, plan, [evaluated])
    const judged = judge(plan, loaded, redColumns, judgeable(evaluated), trials, null)
    let id: string | null = null
    if (save) {
      const [detail_uri = null] = await writePacked(root, await packDetails([detailOf(plan, evaluated)], job))
      const place = { kind: 'backtest' as const, sweep: null, params, started_at, detail_uri }
      id = String(ledger.backtestRuns.add(describeRun(context, plan, evaluated, judged, place)))
      await deflateStored(context, plan.model_id)
      await writeCard(plan, evaluated, judged, params)
      context.announce('result', { kind: 'backtest', model_id: plan.model_id, backtest_run_id: id })
    }
    return replyOf(plan, evaluated, judged, id, [
      ...evaluated.result.notes,
      ...red.map(({ column, reason }) => `${column} may leak: ${reason}`),
      ...noParityNotes(plan, loaded, evaluated.parity),
    ])
  }

  async function writeCard(
    plan: RunPlan,
    evaluated: Evaluated,
    judged: Judged,
    params: Record<string, unknown>,
  ) {
    const { meta } = await matrixStore.load(plan.matrix_sha)
    await writeModelCard(context, packStore.model(plan.model_id, plan.pack_id), 'backtest', {
      params,
      metrics: {
        ...judged.metrics,
        best_sharpe_hourly: evaluated.result.bestSharpeHourly,
        best_cum_ret: evaluated.result.bestCumRet,
      },
      lineage: lineageOf(plan, evaluated.configKey),
      matrix: meta,
      folds: evaluated.result.folds,
      gate: judged.gate,
      checks: judged.checks,
    })
  }

  const service: BacktestService = {
    async run(body) {
      const model = packStore.model(body.model_id, body.pack_id)
      const { matrix_sha, warnings } = await matrices.choose(model, body.csv, body.target)
      const { meta } = matrices.requireMatrix(matrix_sha)
      const asked = { ...body, profile: 'balanced', scheme: body.cv, premium: true } as const
      const plan = planRun(packStore, model, meta, asked)
      const point = pointOf(body, meta.cadence)
      const input = { plan, point, save: body.save ?? true, params: { ...body } }
      const job = runner.submit('backtest', input, {
        subject: { model_id: model.modelId },
        priority: 'interactive',
      })
      const reply = await runner.wait<RunReply>(job.job_id)
      return { ...reply, warnings: [...warnings, ...reply.warnings] }
    },

    async get(id) {
      const run = ledger.backtestRuns.get(Number(id))
      if (!run) throw new SigmaError('NOT_FOUND', `no backtest run has the id ${id}`)
      const detail = run.detail_uri === null ? null : await readDetail(root, run.detail_uri)
      const trades = detail?.trades
      const first = <T>(values: T[] | undefined) => (values ?? []).slice(0, MAX_TRADES)
      const equity = detail?.equity ?? []
      return {
        run: run.row,
        params: run.params,
        equity: {
          date: (detail?.session ?? []).map(sessionDate),
          equity,
          drawdown: drawdownsOf(equity),
          daily_return: detail?.dailyReturn ?? [],
        },
        trades: {
          entry_at: first(trades?.entryTs).map(isoTime),
          exit_at: first(trades?.exitTs).map(isoTime),
          side: first(trades?.side).map((side) => (side > 0 ? 'long' : 'short')),
          size: first(trades?.size),
          entry: first(trades?.entry),
          exit: first(trades?.exit),
          ret: first(trades?.ret),
          fold: first(trades?.fold),
        },
        trades_total: trades?.ret.length ?? 0,
        folds: run.folds,
        hours: detail?.hours ?? [],
        threshold_results: detail?.thresholdResults ?? [],
        notes: detail?.notes ?? [],
        parity: detail?.parity ?? null,
        paths: detail?.paths ?? null,
      }
    },

    async leaderboard(query) {
      const { order_by = 'sharpe', limit = 20, offset = 0, sweep_id, verdicts = false, ...filter } = query
      const sweep = sweep_id === undefined ? {} : { sweep_id: Number(sweep_id) }
      const { rows, total } = ledger.backtestRuns.leaderboard(
        { ...filter, ...sweep },
        order_by,
        limit,
        offset,
      )
      return {
        rows: verdicts
          ? rows.map((row) => ({ ...leaderboardRow(row), verdicts: ledger.backtestRuns.verdictsOf(row.id) }))
          : new JsonText(`[${rows.map(leaderboardRowText).join(',')}]`),
        total,
        limit,
        offset,
        next_offset: offset + rows.length,
        order_by,
        tag: query.tag ?? null,
      }
    },
  }
  return service
}

function pointOf(body: Body, cadence: string): GridPoint {
  const asked = body.allowed_hours === undefined ? null : parseHours(body.allowed_hours, 'allowed_hours')
  const hours = cadence === 'daily' ? null : asked
  if (body.top_pct !== undefined) return { hours, kind: 'top_pct', values: [body.top_pct] }
  const values =
    body.thresholds === undefined ? defaultThresholds : parseThresholds(body.thresholds, 'thresholds')
  return { hours, kind: 'thr', values }
}

function replyOf(
  plan: RunPlan,
  evaluated: Evaluated,
  judged: Judged,
  id: string | null,
  warnings: string[],
): RunReply {
  const { result, point, configKey } = evaluated
  return {
    backtest_run_id: id,
    result: {
      threshold_results: result.thresholdResults,
      metrics: judged.metrics,
      folds: result.folds,
      lineage: lineageOf(plan, configKey),
      gate: judged.gate,
      checks: judged.checks,
      config: configTupleOf(plan, point),
    },
    best_sharpe_hourly: result.bestSharpeHourly,
    best_cum_ret: result.bestCumRet,
    parity: evaluated.parity,
    paths: result.paths && pathsOf(result.paths),
    warnings,
  }
}

/** Says why brackets that the policy wants were not replayed, or their premiums. */
function noParityNotes(
  { brackets, ticker }: RunPlan,
  loaded: LoadedMatrix,
  parity: Evaluated['parity'],
): string[] {
  const why = brackets && whyNoParity(brackets, loaded)
  if (why !== null) return [why]
  return parity?.premium === null
    ? [`the lake has no option chains of ${ticker}: premium P&L is unknown`]
    : []
}

/** Fall from the running peak at each session, a positive fraction, equity starting at 1. */
function drawdownsOf(equity: readonly number[]): number[] {
  let peak = 1
  return equity.map((value) => {
    peak = Math.max(peak, value)
    return 1 - value / peak
  })
}
