import { sessionClose } from '#shared/calendar/sessions.ts'
import type { OptionMinutes } from '#shared/jobs/market-types.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * Per row: 1 where the contract of its decision traded in the minutes after it, 0 where it did not, NaN where there is no
 * contract or nothing later in the session. null for matrices without contracts.
 * @param minutes those that may fill an order, after each clock hour
 */
export function measureFills(minutes: OptionMinutes, matrix: Matrix): Float64Array | null {
  const strike = matrix.columns[matrix.features.indexOf('contract_strike')]
  const isCall = matrix.columns[matrix.features.indexOf('contract_is_call')]
  if (!strike || !isCall) return null
  const traded = new Set<string>()
  for (let i = 0; i < minutes.rows; i++) {
    // Decisions fall on full hours: the minute belongs to the decision at the start of its hour.
    const decision = Math.floor((minutes.ts[i]! - MINUTE_MS) / HOUR_MS) * HOUR_MS
    if (minutes.volume[i]! > 0) traded.add(`${decision}|${minutes.strike[i]!}|${minutes.isCall[i]!}`)
  }
  return Float64Array.from(matrix.ts, (ts, row) => {
    if (Number.isNaN(strike[row]!) || ts >= sessionClose[matrix.session[row]!]!) return Number.NaN
    return traded.has(`${ts}|${strike[row]!}|${isCall[row]!}`) ? 1 : 0
  })
}
