import { newYorkMinute } from '#shared/calendar/new-york.ts'
import { isHalfDay, sessionDate } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import { barsIn, boundsOf, type ImportCadence, placeOfBar, slots } from './data-import/bar-places.ts'

export type Coverage = Pick<
  ReplyOf<'getCoverage'>,
  'dates' | 'half_days' | 'present' | 'expected' | 'gaps' | 'totals'
>

/** Bars of each session from the first to the last one, against the places that the calendar has for them. */
export function coverBars(bars: BarSeries, cadence: ImportCadence): Coverage {
  const first = bars.session[0]!
  const last = bars.session[bars.length - 1]!
  const perSession = slots[cadence]
  const isThere = new Uint8Array((last - first + 1) * perSession)
  let outside = 0
  for (let i = 0; i < bars.length; i++) {
    const place = placeOfBar(bars, i, cadence) - first * perSession
    if (place >= 0 && place < isThere.length) isThere[place] = 1
    else outside++
  }
  const present = new Float64Array(last - first + 1)
  const gaps: Coverage['gaps'] = []
  for (let session = first; session <= last; session++) {
    const start = (session - first) * perSession
    const expected = barsIn(session, cadence)
    let count = 0
    for (let bar = 0; bar < expected; bar++) count += isThere[start + bar]!
    present[session - first] = count
    if (count === 0 || count === expected) continue
    const spans = missingSpans(session, cadence, expected, (bar) => isThere[start + bar] === 1)
    gaps.push({ date: sessionDate(session), spans })
  }
  const coverage = coverCounts(first, present, (session) => barsIn(session, cadence))
  return { ...coverage, gaps, totals: { ...coverage.totals, outside } }
}

/** Coverage of counts per session; `expectedIn` is null where the calendar does not say how many there ought to be. */
export function coverCounts(
  first: number,
  counts: Float64Array,
  expectedIn: ((session: number) => number) | null,
): Coverage {
  const dates: string[] = []
  const halfDays: string[] = []
  const expected: (number | null)[] = []
  const totals: Coverage['totals'] = {
    sessions: counts.length,
    ...{ complete: 0, partial: 0, empty: 0, present: 0, outside: 0 },
    expected: expectedIn === null ? null : 0,
  }
  for (let i = 0; i < counts.length; i++) {
    const date = sessionDate(first + i)
    const wanted = expectedIn?.(first + i) ?? null
    const count = counts[i]!
    dates.push(date)
    if (isHalfDay(first + i)) halfDays.push(date)
    expected.push(wanted)
    totals.present += count
    if (totals.expected !== null) totals.expected += wanted ?? 0
    if (count === 0) totals.empty++
    else if (wanted !== null && count < wanted) totals.partial++
    else totals.complete++
  }
  return { dates, half_days: halfDays, present: [...counts], expected, gaps: [], totals }
}

/** Runs of missing bars as New York times: 10:30–11:05. */
function missingSpans(
  session: number,
  cadence: ImportCadence,
  expected: number,
  isThere: (bar: number) => boolean,
): string[] {
  const perSession = slots[cadence]
  const spans: string[] = []
  for (let bar = 0; bar < expected; bar++) {
    if (isThere(bar)) continue
    const { openTs } = boundsOf(session * perSession + bar, cadence)
    while (bar + 1 < expected && !isThere(bar + 1)) bar++
    const { ts } = boundsOf(session * perSession + bar, cadence)
    spans.push(`${clock(openTs)}–${clock(ts)}`)
  }
  return spans
}

function clock(ts: number): string {
  const minute = newYorkMinute(ts)
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
