import { defineJob } from './define.ts'
import type { PricePath } from './matrix-types.ts'

/** When a signal becomes a position: at the open of the next session, or of the next bar. */
export type EntryMode = 'next_session_open' | 'next_bar_open'

/** Signals with the bracket that each of them gets. */
export interface BracketReplay {
  /** Bar of the path at whose close each signal was decided, ascending. */
  bar: Int32Array
  /** 1 long, −1 short. */
  side: Int8Array
  /** Distances from the entry price in multiples of the ATR known before entry. */
  stop: number
  target: number
  /** In trading time, 390 minutes a session. */
  timeStopMinutes: number
}

export interface ReplayBracketsInput {
  path: PricePath
  atrPeriod: number
  entryMode: EntryMode
  /** Same-day models are out at the last close of the session they entered in. */
  leavesBySessionClose: boolean
  /** Per side. */
  slippageBps: number
  replays: BracketReplay[]
}

/** What became of the signals of one replay. A figure without a trade to rest on is null. */
export interface ReplaySummary {
  trades: number
  /** Share of trades that reached the target. */
  hit_rate: number | null
  /** Share of trades that ended at the stop. */
  stop_rate: number | null
  /** Trades that neither level ended before the time was up. */
  timeouts: number
  /** Mean move in favour of the trade, before costs, in units of its risk (the distance from entry to stop). */
  avg_rr: number | null
  /** Mean return of a trade after costs on both sides. */
  avg_return: number | null
  /** Signals without an entry: no later bar, no price, no ATR yet. */
  not_entered: number
  /** Trades that the data ends before. */
  not_closed: number
}

/** One summary per replay, in their order. */
export const replayBracketsJob = defineJob<ReplayBracketsInput, ReplaySummary[]>(
  'replay-brackets',
  'Replay signals through brackets',
)
