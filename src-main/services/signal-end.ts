import type { StoredSignal } from '#main/ledger/signals.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { ExecutionEffective } from '#shared/catalog/packs/policy.ts'
import { timeStopInstant } from '#shared/options/time-stop.ts'
import { isoTime } from './matrix-store.ts'

type Rules = Pick<LoadedModel, 'horizon'> & Pick<ExecutionEffective['brackets'], 'entry_mode'>
type Signal = Pick<StoredSignal, 'ts' | 'date' | 'hour_et' | 'time_stop_minutes'>

/**
 * When the time of a signal is up: its minutes of trading after an entry at the next open, within the session where the model trades
 * within the day. null where the calendar does not tell.
 */
export function timeStopOf(signal: Signal, { horizon, entry_mode }: Rules): string | null {
  const session = sessionOfDate(signal.date)
  const close = sessionClose[session]
  const nextOpen = sessionOpen[session + 1]
  if (close === undefined || nextOpen === undefined) return null
  const decided = Date.parse(signal.ts)
  const isSameSession = signal.hour_et !== null && entry_mode === 'next_bar_open' && decided < close
  if (signal.time_stop_minutes === 0) return isoTime(isSameSession ? decided : nextOpen)
  const [entrySession, entry] = isSameSession ? [session, decided] : [session + 1, nextOpen]
  const leavesByClose = signal.hour_et !== null && (horizon === '0dte' || horizon === 'intraday')
  const end = timeStopInstant(entrySession, entry, signal.time_stop_minutes)
  const capped = leavesByClose ? Math.min(end, sessionClose[entrySession]!) : end
  return Number.isFinite(capped) ? isoTime(capped) : null
}
