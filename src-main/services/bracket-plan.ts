import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { MatrixMeta } from '#main/ledger/matrices.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import type { ExecutionEffective } from '#shared/catalog/packs/policy.ts'
import type { BracketParity } from '#shared/contract/brackets.ts'
import { isWorthItsRisk } from '#shared/decision/decide.ts'
import {
  type BracketReplay,
  type ReplayBracketsInput,
  replayBracketsJob,
} from '#shared/jobs/replay-brackets.ts'
import type { LoadedMatrix } from './matrix-store.ts'

/** The brackets of a policy, as a run uses them. */
export interface BracketPlan
  extends Pick<ReplayBracketsInput, 'atrPeriod' | 'entryMode' | 'leavesBySessionClose'> {
  stop: number
  target: number
  timeStopMinutes: number
  minRr: number
}

/** null where the policy's brackets are off. */
export function planBrackets(
  { horizon }: Pick<LoadedModel, 'horizon'>,
  { brackets }: Pick<ExecutionEffective, 'brackets'>,
): BracketPlan | null {
  if (!brackets.enabled) return null
  return {
    atrPeriod: brackets.atr_period,
    entryMode: brackets.entry_mode,
    leavesBySessionClose: horizon === '0dte' || horizon === 'intraday',
    stop: brackets.atr_mult_stop,
    target: brackets.atr_mult_target,
    timeStopMinutes: brackets.time_stop_minutes,
    minRr: brackets.min_rr,
  }
}

/** Why signals on a matrix cannot be walked through brackets, in words; null where they can. */
export function whyNoReplay({ meta, path }: Pick<LoadedMatrix, 'meta' | 'path'>): string | null {
  return path.bars === 0 ? 'the matrix has no price path to walk' : whyNoBrackets(meta)
}

/** Why brackets leave trades on a series or a label alone, in words; null where they work. */
export function whyNoBrackets(meta: Pick<MatrixMeta, 'fill' | 'ticker'>): string | null {
  if (meta.fill === 'next_close') {
    return `opens of ${meta.ticker} are not traded prices: brackets cannot be filled on them`
  }
  if (meta.fill === 'close_to_open') return 'a close-to-open trade is over before a bracket can work'
  return null
}

/** The same for a policy: it also takes no trade whose target is too near for its stop. */
export function whyNoParity(plan: BracketPlan, loaded: Pick<LoadedMatrix, 'meta' | 'path'>): string | null {
  const { stop, target, minRr } = plan
  const brackets = { enabled: true, min_rr: minRr, atr_mult_target: target, atr_mult_stop: stop }
  if (isWorthItsRisk(brackets)) return whyNoReplay(loaded)
  return `brackets: target / stop is ${round(target / stop)}, below min_rr ${minRr}: no trade is taken`
}

/** Signals by the bar at whose close they were decided. */
export type Signals = Pick<BracketReplay, 'bar' | 'side'>

/** Walks each set of signals through the plan's brackets; null for each where that makes no sense. */
export async function replayPlan(
  job: Pick<JobRunContext, 'run'>,
  loaded: LoadedMatrix,
  plan: BracketPlan | null,
  slippageBps: number,
  sets: readonly Signals[],
): Promise<(BracketParity | null)[]> {
  if (plan === null || whyNoParity(plan, loaded) !== null) return sets.map(() => null)
  const { atrPeriod, entryMode, leavesBySessionClose, stop, target, timeStopMinutes } = plan
  const replays = sets.map((signals) => ({ ...signals, stop, target, timeStopMinutes }))
  const summaries = await job.run(
    replayBracketsJob,
    { path: loaded.path, atrPeriod, entryMode, leavesBySessionClose, slippageBps, replays },
    { report: () => {} },
  )
  return summaries.map((summary) => ({
    basis: 'underlying',
    entry_mode: entryMode,
    atr_period: atrPeriod,
    atr_mult_stop: stop,
    atr_mult_target: target,
    time_stop_minutes: timeStopMinutes,
    ...summary,
  }))
}

function round(value: number): number {
  return Number(value.toPrecision(6))
}
