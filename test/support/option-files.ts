import { sessionDate } from '#shared/calendar/sessions.ts'
import type { BarSeries, IndexSeries } from '#shared/jobs/build-matrix.ts'
import type { ChainTable, OptionMinutes } from '#shared/jobs/market-types.ts'
import { newYorkText } from './bar-files.ts'

const iso = (ts: number) => new Date(ts).toISOString()
const table = (header: string, rows: string[]) => `${header}\n${rows.join('\n')}\n`

/** OCC symbol of a contract. */
export function occSymbol(root: string, date: string, isCall: boolean, strike: number): string {
  const thousandths = String(Math.round(strike * 1000)).padStart(8, '0')
  return `${root}${date.slice(2).replaceAll('-', '')}${isCall ? 'C' : 'P'}${thousandths}`
}

/** Bars as a vendor writes them: New York times, every digit. */
export function barsCsv({ length, openTs, open, high, low, close, volume }: BarSeries): string {
  const rows = Array.from({ length }, (_, i) =>
    [newYorkText(openTs[i]!), open[i], high[i], low[i], close[i], volume[i]].join(','),
  )
  return table('Datetime,Open,High,Low,Close,Volume', rows)
}

/** Levels with a column an index. */
export function indexCsv({ length, session, vix, vix9d, vix3m, vix6m }: IndexSeries): string {
  const rows = Array.from({ length }, (_, i) =>
    [sessionDate(session[i]!), vix[i], vix9d[i], vix3m[i], vix6m[i]].join(','),
  )
  return table('DATE,VIX,VIX9D,VIX3M,VIX6M', rows)
}

/** Minutes as Polygon's flat files name their columns: epoch nanoseconds of the beginning. */
export function minutesCsv(root: string, minutes: OptionMinutes): string {
  const { rows, ts, session, strike, isCall, volume, vwap, transactions } = minutes
  const lines = Array.from({ length: rows }, (_, i) => {
    const symbol = occSymbol(`O:${root}`, sessionDate(session[i]!), isCall[i] === 1, strike[i]!)
    return [symbol, volume[i], vwap[i], `${ts[i]! - 60_000}000000`, transactions[i]].join(',')
  })
  return table('ticker,volume,vwap,window_start,transactions', lines)
}

/** Quotes with strike, right and expiry apart; with `isBare` without volatility and Greeks. */
export function chainCsv(chain: ChainTable, isBare: boolean): string {
  const lines: string[] = []
  for (let s = 0; s < chain.snapshots; s++) {
    for (let q = chain.offset[s]!; q < chain.offset[s + 1]!; q++) {
      const { strike, isCall, bid, ask, volume, openInterest, iv, delta, gamma } = chain
      const contract = [strike[q], isCall[q] ? 'call' : 'put', iso(chain.expiry[q]!).slice(0, 10)]
      const quote = [chain.spot[s], bid[q], ask[q], volume[q], openInterest[q]]
      const greeks = isBare ? [] : [iv[q], delta[q], gamma[q]]
      const known = [...quote, ...greeks].map((x) => (Number.isNaN(x) ? '' : x))
      lines.push([iso(chain.ts[s]!), ...contract, ...known].join(','))
    }
  }
  const header = 'snapshot_time,strike,type,expiration,underlying_price,bid,ask,volume,open_interest'
  return table(isBare ? header : `${header},iv,delta,gamma`, lines)
}
