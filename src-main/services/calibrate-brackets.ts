import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { type ReplaySummary, replayBracketsJob } from '#shared/jobs/replay-brackets.ts'
import { type BracketPlan, planBrackets, type Signals, whyNoReplay } from './bracket-plan.ts'
import type { ServiceContext } from './context.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import { parseNumbers } from './parse-lists.ts'
import { type RunDetail, readDetail } from './run-detail.ts'

type Body = InputOf<'calibrateBrackets'>['body']
type BracketsReply = ReplyOf<'calibrateBrackets'>
type Candidate = BracketsReply['candidates'][number]
type Replayed = NonNullable<BracketsReply['replay']>[number]

const defaultStops = '0.8,1.0,1.2,1.5,2.0,2.5'
const defaultTargets = '1.0,1.5,2.0,2.5,3.0,4.0,5.0'
const mostReplays = 2000
const note =
  'RR under ATR brackets is k_target / k_stop, the same for every row. The recommendation is the ratio nearest to desired_rr with the stop nearest to the policy’s; the replay does not choose it.'

interface ReplayInput {
  model_id: string
  matrix_sha: string
  detail_uri: string
  brackets: Omit<BracketPlan, 'stop' | 'target' | 'timeStopMinutes' | 'minRr'>
  candidates: { k_stop: number; k_target: number; rr: number; time_stop_minutes: number }[]
}

/** The table of ratios, and what each would have meant for the signals of the latest backtest. */
export function createBracketCalibration(context: ServiceContext) {
  const { ledger, packStore, matrixStore, runner, root } = context

  runner.define<ReplayInput, ReplaySummary[]>('calibrate_brackets', {
    title: ({ model_id }) => `Brackets of ${model_id}`,
    run: async ({ matrix_sha, detail_uri, brackets, candidates }, job) => {
      const loaded = await matrixStore.load(matrix_sha)
      const detail = await readDetail(root, detail_uri)
      const signals = signalsOf(loaded, detail)
      return job.run(replayBracketsJob, {
        ...brackets,
        path: loaded.path,
        slippageBps: detail.plan.trading.slippageBps,
        replays: candidates.map(({ k_stop, k_target, time_stop_minutes }) => {
          return { ...signals, stop: k_stop, target: k_target, timeStopMinutes: time_stop_minutes }
        }),
      })
    },
  })

  return async function calibrateBrackets(body: Body): Promise<BracketsReply> {
    const model = packStore.model(body.model_id, body.pack_id)
    const { effective } = packStore.policy(model)
    const { brackets } = effective
    const desired = body.desired_rr ?? 2
    const candidates = rankRatios(
      desired,
      positive(body.k_stop_grid ?? defaultStops, 'k_stop_grid'),
      positive(body.k_target_grid ?? defaultTargets, 'k_target_grid'),
      brackets.atr_mult_stop,
    )
    const times = positive(
      body.time_stop_candidates ?? String(brackets.time_stop_minutes),
      'time_stop_candidates',
      200_000,
    )
    if (times.some((minutes) => !Number.isInteger(minutes))) {
      throw new SigmaError(
        'INVALID_PARAM',
        `time_stop_candidates must be whole minutes, got ${times.join(', ')}`,
      )
    }
    if (candidates.length * times.length > mostReplays) {
      throw new SigmaError(
        'INVALID_PARAM',
        `the grids make ${candidates.length * times.length} brackets; at most ${mostReplays} are tried`,
      )
    }
    const [best] = candidates
    const time_stop_minutes = nearest(times, brackets.time_stop_minutes)
    const plan = planBrackets(model, { brackets: { ...brackets, enabled: true } })!
    const all = times.flatMap((minutes) =>
      candidates.map(({ k_stop, k_target, rr }) => ({ k_stop, k_target, rr, time_stop_minutes: minutes })),
    )
    const { replay, id, why } = await replayAll(model.modelId, plan, all)
    const warnings = why === null ? [] : [why]
    if (!brackets.enabled) warnings.push('the brackets of the policy are off: set enabled to use these')
    if (best!.rr < brackets.min_rr) {
      warnings.push(`the recommended ratio ${best!.rr} is below the policy’s min_rr ${brackets.min_rr}`)
    }
    if (replay !== null) {
      warnings.push('the replay is on out-of-fold signals: picking a bracket by it is a choice on test data')
    }
    return {
      model_id: model.modelId,
      desired_rr: desired,
      recommended: {
        atr_mult_stop: best!.k_stop,
        atr_mult_target: best!.k_target,
        rr_implied: best!.rr,
        time_stop_minutes,
      },
      candidates,
      replay,
      backtest_run_id: id,
      note,
      warnings,
    }
  }

  async function replayAll(model_id: string, plan: BracketPlan, candidates: ReplayInput['candidates']) {
    const row = ledger.backtestRuns.latestFor(model_id)
    const detail_uri = row && ledger.backtestRuns.get(Number(row.id))?.detail_uri
    const nothing = (why: string) => ({ replay: null, id: null, why })
    if (!row || !detail_uri)
      return nothing(`model ${model_id} has no backtest whose signals could be replayed`)
    const { matrix_sha } = row.lineage
    const why = whyNoReplay(await matrixStore.load(matrix_sha))
    if (why !== null) return nothing(why)
    const { atrPeriod, entryMode, leavesBySessionClose } = plan
    const brackets = { atrPeriod, entryMode, leavesBySessionClose }
    const job = runner.submit(
      'calibrate_brackets',
      { model_id, matrix_sha, detail_uri, brackets, candidates },
      { subject: { model_id }, priority: 'interactive' },
    )
    const summaries = await runner.wait<ReplaySummary[]>(job.job_id)
    const replay = candidates.map((candidate, i): Replayed => ({ ...candidate, ...summaries[i]! }))
    return { replay, id: row.id, why: null }
  }
}

/** Trades of a run by the bar they were decided on: the one before the bar at whose open they entered. */
export function signalsOf(
  { path }: Pick<LoadedMatrix, 'path'>,
  { trades }: Pick<RunDetail, 'trades'>,
): Signals {
  const barAt = new Map<number, number>()
  for (let bar = 0; bar < path.bars; bar++) barAt.set(path.openTs[bar]!, bar)
  const bar = Int32Array.from(trades.entryTs, (ts) => {
    const entry = barAt.get(ts)
    if (entry === undefined) throw new Error(`no bar opens at ${ts}, where a trade of the run entered`)
    return entry - 1
  })
  return { bar, side: Int8Array.from(trades.side) }
}

/** Every pair of multiples, the ratio nearest to the wanted one first; of equals the stop nearest to the present one. */
export function rankRatios(
  desired: number,
  stops: number[],
  targets: number[],
  presentStop: number,
): Candidate[] {
  const tidy = (value: number) => Number(value.toPrecision(10))
  const pairs = stops.flatMap((k_stop) =>
    targets.map((k_target) => {
      const rr = tidy(k_target / k_stop)
      return { k_stop, k_target, rr, delta: tidy(Math.abs(rr - desired)) }
    }),
  )
  const away = ({ k_stop }: Candidate) => tidy(Math.abs(k_stop - presentStop))
  return pairs.sort((a, b) => a.delta - b.delta || away(a) - away(b) || a.k_stop - b.k_stop)
}

function nearest(values: readonly number[], wanted: number): number {
  return values.reduce((best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best))
}

function positive(text: string, parameter: string, most = 100): number[] {
  const numbers = parseNumbers(text, parameter)
  const bad = numbers.find((each) => !(each > 0 && each <= most))
  if (bad !== undefined)
    throw new SigmaError('INVALID_PARAM', `${parameter} must be above 0 and at most ${most}, got ${bad}`)
  return [...new Set(numbers)].sort((a, b) => a - b)
}
