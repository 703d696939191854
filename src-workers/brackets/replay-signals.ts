import type { BracketReplay, ReplayBracketsInput, ReplaySummary } from '#shared/jobs/replay-brackets.ts'
import { averageTrueRange } from '#shared/kernels/true-range.ts'
import { endedByStop, endedByTarget, endedByTime, notClosed, walkBracket } from './walk-bracket.ts'

const minutesPerSession = 390

/** What all replays of one job share. */
export interface ReplayGround extends Omit<ReplayBracketsInput, 'replays' | 'atrPeriod'> {
  /** Wilder's ATR at each bar's close, NaN while it settles. */
  atr: Float64Array
  /** First bar of the next session and last bar of the own one, by bar. */
  nextSession: Int32Array
  lastOfSession: Int32Array
}

export function prepareGround({ replays: _, atrPeriod, ...input }: ReplayBracketsInput): ReplayGround {
  const { bars, session, high, low, close } = input.path
  const atr = new Float64Array(bars)
  averageTrueRange(high, low, close, atrPeriod, 'sma', atr)
  const nextSession = new Int32Array(bars)
  const lastOfSession = new Int32Array(bars)
  for (let b = bars - 1; b >= 0; b--) {
    const isLast = b + 1 >= bars || session[b + 1]! !== session[b]!
    nextSession[b] = isLast ? b + 1 : nextSession[b + 1]!
    lastOfSession[b] = isLast ? b : lastOfSession[b + 1]!
  }
  return { ...input, atr, nextSession, lastOfSession }
}

/** Bars that a time stop amounts to: its share of a session's 390 minutes, to the nearest bar and at least one. */
export function timeStopBars(minutes: number, barsPerSession: number): number {
  return Math.max(1, Math.round((minutes * barsPerSession) / minutesPerSession))
}

/** Bar at whose open a signal enters; the number of bars or more where there is none. */
export function entryBarOf(
  { entryMode, leavesBySessionClose, path, nextSession }: ReplayGround,
  decision: number,
) {
  if (entryMode === 'next_session_open') return nextSession[decision]!
  const entry = decision + 1
  // A same-day signal at the last close of a session has no bar left to trade.
  const isOtherDay = entry < path.bars && path.session[entry]! !== path.session[decision]!
  return isOtherDay && leavesBySessionClose && path.cadence !== 'daily' ? path.bars : entry
}

/** Every signal as a trade of its own, one unit each. Levels are set around the price of entry. O(signals × bars held). */
export function replaySignals(ground: ReplayGround, replay: BracketReplay): ReplaySummary {
  const { path, atr, leavesBySessionClose, lastOfSession, slippageBps } = ground
  const { bar, side, stop, target, timeStopMinutes } = replay
  const most = timeStopBars(timeStopMinutes, path.barsPerSession)
  const isSameDay = leavesBySessionClose && path.cadence !== 'daily'
  const cost = (2 * slippageBps) / 1e4
  const bracket = { entryBar: 0, side: 0, stop: 0, target: 0, lastBar: 0 }
  const walked = { end: 0, bar: 0, price: 0 }
  const ends = new Int32Array(4)
  let notEntered = 0
  let multiples = 0
  let returns = 0
  for (let k = 0; k < bar.length; k++) {
    const entryBar = entryBarOf(ground, bar[k]!)
    const risk = entryBar < path.bars && entryBar > 0 ? stop * atr[entryBar - 1]! : Number.NaN
    const entry = entryBar < path.bars ? path.open[entryBar]! : Number.NaN
    if (!(entry > 0 && risk > 0)) {
      notEntered++
      continue
    }
    const direction = side[k]!
    bracket.entryBar = entryBar
    bracket.side = direction
    bracket.stop = entry - direction * risk
    bracket.target = entry + direction * target * atr[entryBar - 1]!
    const timeUp = entryBar + most - 1
    bracket.lastBar = isSameDay ? Math.min(timeUp, lastOfSession[entryBar]!) : timeUp
    walkBracket(path, bracket, walked)
    ends[walked.end]!++
    if (walked.end === notClosed) continue
    const move = direction * (walked.price - entry)
    multiples += move / risk
    returns += move / entry - cost
  }
  const trades = ends[endedByStop]! + ends[endedByTarget]! + ends[endedByTime]!
  const perTrade = (sum: number) => (trades > 0 ? sum / trades : null)
  return {
    trades,
    hit_rate: perTrade(ends[endedByTarget]!),
    stop_rate: perTrade(ends[endedByStop]!),
    timeouts: ends[endedByTime]!,
    avg_rr: perTrade(multiples),
    avg_return: perTrade(returns),
    not_entered: notEntered,
    not_closed: ends[notClosed]!,
  }
}
