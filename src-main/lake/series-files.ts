import { sessionDate } from '#shared/calendar/sessions.ts'
import type { SeriesEntry, SeriesKind } from './manifest.ts'
import { sessionsOf } from './merge-rows.ts'
import type { RowColumns } from './tables.ts'

export type SeriesKey = Pick<SeriesEntry, 'kind' | 'ticker' | 'cadence'>

const isByMonth: Record<SeriesKind, boolean> = {
  bars: false,
  extended_bars: false,
  index: false,
  chain: true,
  option_minutes: true,
}

/** Name of the part of a series that holds a session: the month of options, nothing where a series is one file. */
export function partOf(kind: SeriesKind, session: number): string {
  return isByMonth[kind] ? sessionDate(session).slice(0, 7) : ''
}

/** File of a part, from the lake's folder. */
export function fileOf({ kind, ticker, cadence }: SeriesKey, part: string): string {
  if (kind === 'index') return 'index/daily.parquet'
  if (kind === 'bars' || kind === 'extended_bars') return `${kind}/${cadence}/${ticker}.parquet`
  return `${kind === 'chain' ? 'chains' : 'option_minutes'}/${ticker}/${part}.parquet`
}

/** Rows in session order by part: rows from … to − 1 of each. */
export function splitByPart(
  kind: SeriesKind,
  rows: RowColumns,
): { part: string; from: number; to: number }[] {
  const session = sessionsOf(rows)
  const parts: { part: string; from: number; to: number }[] = []
  for (let row = 0; row < session.length; row++) {
    if (row > 0 && session[row] === session[row - 1]) continue
    const part = partOf(kind, session[row]!)
    if (parts.at(-1)?.part === part) continue
    if (parts.length > 0) parts.at(-1)!.to = row
    parts.push({ part, from: row, to: session.length })
  }
  return parts
}

export function isSameSeries(a: SeriesKey, b: SeriesKey): boolean {
  return a.kind === b.kind && a.ticker === b.ticker && a.cadence === b.cadence
}

/** How messages and the order of the manifest call a series. */
export function nameOfSeries({ kind, ticker, cadence }: SeriesKey): string {
  return [ticker, cadence, kind].filter(Boolean).join(' ')
}
