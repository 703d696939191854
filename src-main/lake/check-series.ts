import { newYorkDay } from '#shared/calendar/new-york.ts'
import { sessionClose, sessionCount, sessionDay, sessionOpen } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import type { ChainTable, OptionMinutes } from '#shared/jobs/market-types.ts'

/** Tickers become file names: capitals, digits, dots and dashes only. Throws INVALID_PARAM. */
export function checkTicker(ticker: string): void {
  if (/^[A-Z][A-Z0-9]*([.-][A-Z0-9]+)?$/.test(ticker) && ticker.length <= 12) return
  throw new SigmaError(
    'INVALID_PARAM',
    `ticker must be capitals and digits such as SPY or BRK.B, got ${JSON.stringify(ticker)}`,
  )
}

type Hours = 'regular' | 'extended'

/**
 * Bars must be in time order, inside the regular hours of their session (or on its day and not wholly inside them), with sane
 * prices. Throws INVALID_PARAM.
 */
export function checkBars(bars: BarSeries, ticker: string, hours: Hours = 'regular'): void {
  for (let i = 0; i < bars.length; i++) {
    const session = bars.session[i]!
    const openTs = bars.openTs[i]!
    const ts = bars.ts[i]!
    const isSession = session >= 0 && session < sessionCount
    const isRegular = isSession && openTs >= sessionOpen[session]! && ts <= sessionClose[session]!
    if (hours === 'regular' && !isRegular) {
      throw new SigmaError('INVALID_PARAM', `bar ${i} of ${ticker} lies outside regular hours: ${text(ts)}`)
    }
    if (hours === 'extended' && (isRegular || !isSession || newYorkDay(openTs) !== sessionDay[session]!)) {
      throw new SigmaError(
        'INVALID_PARAM',
        `bar ${i} of ${ticker} is none outside the regular hours of its session: ${text(ts)}`,
      )
    }
    if (i > 0 && ts <= bars.ts[i - 1]!) {
      throw new SigmaError(
        'INVALID_PARAM',
        `bars of ${ticker} must be in time order, bar ${i} is not: ${text(ts)}`,
      )
    }
    const low = bars.low[i]!
    const high = bars.high[i]!
    const isSane =
      low > 0 &&
      low <= bars.open[i]! &&
      low <= bars.close[i]! &&
      high >= bars.open[i]! &&
      high >= bars.close[i]!
    if (!isSane) {
      const prices = `open ${bars.open[i]}, high ${high}, low ${low}, close ${bars.close[i]}`
      throw new SigmaError('INVALID_PARAM', `bar ${i} of ${ticker} at ${text(ts)} is no bar: ${prices}`)
    }
  }
}

/** Snapshots must be in time order, and quotes of a snapshot by expiry, strike, puts before calls. Throws INVALID_PARAM. */
export function checkChain(chain: ChainTable, ticker: string): void {
  for (let s = 0; s < chain.snapshots; s++) {
    if (s > 0 && chain.ts[s]! <= chain.ts[s - 1]!) {
      throw new SigmaError(
        'INVALID_PARAM',
        `snapshots of ${ticker} must be in time order, at ${text(chain.ts[s]!)}`,
      )
    }
    for (let q = chain.offset[s]! + 1; q < chain.offset[s + 1]!; q++) {
      const later = chain.expiry[q]! - chain.expiry[q - 1]!
      const higher = chain.strike[q]! - chain.strike[q - 1]!
      const isCallAfterPut = chain.isCall[q]! > chain.isCall[q - 1]!
      const isOrdered = later > 0 || (later === 0 && (higher > 0 || (higher === 0 && isCallAfterPut)))
      if (!isOrdered) {
        throw new SigmaError(
          'INVALID_PARAM',
          `quotes of ${ticker} at ${text(chain.ts[s]!)} are out of order at ${q}`,
        )
      }
    }
  }
}

/** Minutes must be in time order and inside the regular hours of their session. Throws INVALID_PARAM. */
export function checkOptionMinutes({ rows, ts, session }: OptionMinutes, ticker: string): void {
  for (let row = 0; row < rows; row++) {
    const open = sessionOpen[session[row]!]
    if (open === undefined || ts[row]! <= open || ts[row]! > sessionClose[session[row]!]!) {
      throw new SigmaError(
        'INVALID_PARAM',
        `option minute ${row} of ${ticker} lies outside regular hours: ${text(ts[row]!)}`,
      )
    }
    if (row > 0 && ts[row]! < ts[row - 1]!) {
      throw new SigmaError(
        'INVALID_PARAM',
        `option minutes of ${ticker} must be in time order, row ${row} is not`,
      )
    }
  }
}

function text(ts: number): string {
  return Number.isFinite(ts) ? new Date(ts).toISOString() : String(ts)
}
