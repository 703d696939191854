import { sessionDate } from '#shared/calendar/sessions.ts'
import type { ImportReport } from '#shared/contract/data.ts'
import type { DiffCounts } from './diff-rows.ts'
import type { ImportRequest } from './import-request.ts'
import type { Inspection } from './kinds/define-kind.ts'
import { kinds } from './kinds/index.ts'
import type { Scanned } from './scan-file.ts'
import { firstRepeats } from './settle-rows.ts'

const listed = 100

/** What laying a file over a series has shown. */
export interface Laid extends DiffCounts, Inspection {
  good: number
  gaps: ImportReport['gaps']
  /** Sessions left out whole, and their rows. */
  incomplete: Set<number>
  incompleteRows: number
  /** Instants of the first and the last row, −1 where there is none. */
  first: number
  last: number
  warnings: string[]
}

export function reportOf(scanned: Scanned, request: ImportRequest, laid: Laid): ImportReport {
  const { source, sha, columns, mapping, separator, decimal, counts } = scanned
  const { unit, seriesOf } = kinds[request.kind]
  const timeOf = (ts: number) => (ts < 0 ? null : new Date(ts).toISOString())
  const incomplete = [...laid.incomplete].sort((a, b) => a - b)
  return {
    mode: request.mode,
    kind: request.kind,
    ticker: seriesOf(request).ticker,
    cadence: seriesOf(request).cadence,
    unit,
    source: request.source,
    file: { path: source.uri, bytes: source.bytes, sha, format: source.format },
    columns: columns.slice(0, 200),
    mapping,
    separator,
    decimal,
    time_zone: request.timeZone,
    time_format: request.timeFormat,
    bar_time: request.barTime,
    rows: counts.rows,
    good: laid.good,
    bad: counts.bad,
    bad_rows: counts.badRows,
    outside_session: counts.outsideSession,
    other_tickers: counts.otherTickers,
    other_expiries: counts.otherExpiries,
    incomplete: {
      rows: laid.incompleteRows,
      sessions: incomplete.length,
      dates: incomplete.slice(0, listed).map(sessionDate),
    },
    duplicates: {
      in_file: counts.repeats,
      in_file_differing: counts.differing,
      in_file_rows: firstRepeats(counts),
      in_lake: laid.equal,
      in_lake_differing: laid.differing,
    },
    gaps: laid.gaps,
    jumps: laid.jumps.slice(0, listed),
    problems: [...emptyProblem(scanned, request, laid), ...laid.problems],
    warnings: [...warningsOf(scanned, laid, unit), ...laid.warnings],
    first: timeOf(laid.first),
    last: timeOf(laid.last),
    ...{ added: laid.added, replaced: laid.replaced, dropped: laid.dropped },
  }
}

function emptyProblem(
  { counts }: Scanned,
  { kind, ticker }: ImportRequest,
  { good, incomplete }: Laid,
): string[] {
  if (good > 0) return []
  if (counts.rows === 0) return ['the file has a header and no rows']
  if (counts.otherTickers === counts.rows) {
    const own = kind === 'index' ? 'VIX, VIX9D, VIX3M or VIX6M' : ticker
    return [`the file has no row of ${own}, but of ${counts.otherTicker}`]
  }
  const dates = [...incomplete].sort((a, b) => a - b).map(sessionDate)
  if (dates.length > 0) return [`every session has a bad row, such as ${dates[0]}`]
  return [`the file has no usable ${kinds[kind].unit}`]
}

function warningsOf({ mapping, columns, counts, source }: Scanned, laid: Laid, unit: string): string[] {
  const warnings: string[] = []
  const has = (field: keyof typeof mapping) => mapping[field] !== undefined
  if (unit === 'bar' && !has('volume')) warnings.push('the file has no volume')
  const adjusted = columns.find((name) => /^adj/i.test(name))
  if (adjusted !== undefined && has('close') && mapping.close !== adjusted) {
    warnings.push(`${adjusted} is not used: prices are taken as they stand in ${mapping.close}`)
  }
  if (counts.earlyHours > 0 && counts.outsideSession > 0) {
    warnings.push(`${counts.earlyHours} bars of 09:00 may hold trades from before the opening`)
  }
  if (laid.incomplete.size > 0) {
    const dates = [...laid.incomplete].sort((a, b) => a - b).map(sessionDate)
    const shown = dates.length > 3 ? `${dates.slice(0, 3).join(', ')} …` : dates.join(', ')
    warnings.push(
      `${laid.incompleteRows} rows of ${dates.length} sessions were left out, since these have bad rows and their sums would be too small: ${shown}`,
    )
  }
  if (counts.empty > 0) warnings.push(`${counts.empty} minutes without a trade were left out`)
  for (const [text, count] of counts.notes) warnings.push(`${count} ${text}`)
  if (source.format === 'csv' && counts.rows > 0 && counts.outsideSession === counts.rows) {
    warnings.push('every row lies outside regular hours: is the time zone right?')
  }
  return warnings
}
