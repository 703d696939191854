import { createHash } from 'node:crypto'
import { sessionDate } from '#shared/calendar/sessions.ts'
import { adjustmentOf } from './adjustment.ts'
import type { SeriesEntry, SeriesKind, StoredCadence } from './manifest.ts'

/** One series as people and services see it. */
export interface CatalogRow {
  ticker: string
  kind: SeriesKind
  cadence: StoredCadence | null
  source: string
  simulated: boolean
  /** Dates of the first and last session, YYYY-MM-DD. */
  first: string
  last: string
  rows: number
  /** From when on a row is known; no decision before that sees it. */
  knownAt: string
  note: string | null
  /** Bars: true where at least 5 % of sessions open exactly at the previous close (engine.md 5). */
  opensAreCloses: boolean
  /** SHA-256 over all stored rows. */
  contentSha: string
}

const knownAt: Record<SeriesKind, string> = {
  bars: 'close of the bar',
  extended_bars: 'close of the bar',
  index: 'close of the session',
  option_minutes: 'end of the minute',
  chain: 'time of the snapshot',
}

function hoursNote(kind: SeriesKind): string | null {
  return kind === 'extended_bars' ? 'outside regular hours: no matrix and no backtest sees them' : null
}

/** A stored series and, for 5-minute bars, the coarser ones that the lake makes of it. */
export function catalogRows(entry: SeriesEntry): CatalogRow[] {
  const { ticker, kind, cadence, source, parts } = entry
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part.sha)
  const share = entry.opensAtCloseShare
  const opensAreCloses = share !== null && share >= 0.05
  const opensNote = opensAreCloses
    ? `${Math.round(share * 100)} % of opens equal the previous close: not traded prices`
    : null
  const stored: CatalogRow = {
    ticker,
    kind,
    cadence,
    source,
    simulated: source.startsWith('simulated:'),
    first: sessionDate(parts[0]!.firstSession),
    last: sessionDate(parts.at(-1)!.lastSession),
    knownAt: knownAt[kind],
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    note:
      [opensNote, hoursNote(kind), adjustmentOf(source, kind)].filter((each) => each !== null).join('; ') ||
      null,
    opensAreCloses,
    contentSha: hash.digest('hex'),
  }
  const derived = Object.entries(entry.derivedRows) as [StoredCadence, number][]
  return [
    stored,
    ...derived.map(([each, rows]) => ({ ...stored, cadence: each, rows, note: 'made of 5-minute bars' })),
  ]
}
