import { sessionOpen } from '#shared/calendar/sessions.ts'
import { type OptionPosition, positionValue, quotePosition } from './position.ts'
import { timeStopInstant } from './time-stop.ts'
import type { TradeLevels } from './walk-trade.ts'

/** What of a signal an option trade needs. */
export interface SignalBracket {
  isBuy: boolean
  entry: number
  stop: number
  target: number
  timeStopMinutes: number
}

/** An option trade as it stands when the signal is given. */
export interface OverlayPlan {
  /** Entered in the signal's own session: its contract does not live to see the next one. */
  isSameSession: boolean
  /** Levels on the underlying, in the direction of the option. */
  levels: TradeLevels
  /** When the time stop would fall on an entry at the planned time; at most the expiry. Epoch ms UTC. */
  endTs: number
  /** Premiums per share: what is paid (mid and half the spread), and the position's value at the stop and the target. */
  entryPremium: number
  stopPremium: number
  targetPremium: number
}

/**
 * Levels of an option trade. Calls are bought on a rising underlying and puts on a falling one: where the side was overridden
 * against the signal, its stop and target change sides around its entry price. Premium levels are full repricings at those
 * underlying prices when the time stop falls, each leg at the volatility it was chosen at.
 */
export function planOverlay(
  position: OptionPosition,
  bracket: SignalBracket,
  session: number,
  decisionTs: number,
  expirySession: number,
): OverlayPlan {
  const { isCall } = position.legs[0]!
  const isAgainst = isCall !== bracket.isBuy
  const levels: TradeLevels = {
    isLong: isCall,
    stop: isAgainst ? 2 * bracket.entry - bracket.stop : bracket.stop,
    target: isAgainst ? 2 * bracket.entry - bracket.target : bracket.target,
  }
  const isSameSession = expirySession === session
  const entrySession = isSameSession ? session : session + 1
  const entryTs = isSameSession ? decisionTs : sessionOpen[entrySession]!
  const endTs = Math.min(timeStopInstant(entrySession, entryTs, bracket.timeStopMinutes), position.expiryTs)
  return {
    isSameSession,
    levels,
    endTs,
    entryPremium: quotePosition(position.legs).ask,
    stopPremium: positionValue(position, levels.stop, endTs),
    targetPremium: positionValue(position, levels.target, endTs),
  }
}
