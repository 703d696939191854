import type { Lake } from '#main/lake/lake.ts'
import { sessionClose } from '#shared/calendar/sessions.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'

const FILL_MINUTES = 5
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * Per row: 1 where the contract of its decision traded within the next 5 minutes, 0 where it did not, NaN where there is no
 * contract or nothing later in the session. null for matrices without contracts or without option minutes.
 */
export async function measureFills(lake: Lake, ticker: string, matrix: Matrix): Promise<Float64Array | null> {
  const strike = matrix.columns[matrix.features.indexOf('contract_strike')]
  const isCall = matrix.columns[matrix.features.indexOf('contract_is_call')]
  if (!strike || !isCall || matrix.cadence !== 'hourly') return null
  const hasMinutes = (await lake.catalog()).some((s) => s.kind === 'option_minutes' && s.ticker === ticker)
  if (!hasMinutes) return null
  const range = { startTs: matrix.ts[0]!, endTs: matrix.ts[matrix.rows - 1]! + FILL_MINUTES * MINUTE_MS }
  const minutes = await lake.optionMinutes(ticker, range, FILL_MINUTES)
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
