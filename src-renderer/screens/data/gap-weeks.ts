import type { ReplyOf } from '#shared/contract/index.ts'

export type Coverage = ReplyOf<'getCoverage'>

export interface GapDay {
  date: string
  present: number
  /** Null where the calendar does not say how many there ought to be. */
  expected: number | null
  /** Of what ought to be there, 0 to 1. */
  share: number
  isHalfDay: boolean
  /** Times of what is missing in a session that has others. */
  spans: readonly string[]
}

export interface GapWeek {
  /** Date of its Monday. */
  monday: string
  /** Monday to Friday; undefined where the exchange is closed, or the series does not reach. */
  days: readonly (GapDay | undefined)[]
}

export interface GapYear {
  year: string
  weeks: readonly GapWeek[]
}

const DAY_MS = 86_400_000

/** Sessions as weeks of five weekdays, by year, in time order; a week over New Year is in both. */
export function gapYears(coverage: Coverage): GapYear[] {
  const halfDays = new Set(coverage.half_days)
  const spans = new Map(coverage.gaps.map((gap) => [gap.date, gap.spans]))
  const years = new Map<string, Map<string, (GapDay | undefined)[]>>()
  for (const [i, date] of coverage.dates.entries()) {
    const at = Date.parse(date)
    const weekday = (new Date(at).getUTCDay() + 6) % 7
    const monday = new Date(at - weekday * DAY_MS).toISOString().slice(0, 10)
    const year = date.slice(0, 4)
    const weeks = years.get(year) ?? new Map<string, (GapDay | undefined)[]>()
    years.set(year, weeks)
    const days = weeks.get(monday) ?? new Array<GapDay | undefined>(5).fill(undefined)
    weeks.set(monday, days)
    const present = coverage.present[i] ?? 0
    const expected = coverage.expected[i] ?? null
    days[weekday] = {
      date,
      present,
      expected,
      share: expected === null ? Math.min(1, present) : present / expected,
      isHalfDay: halfDays.has(date),
      spans: spans.get(date) ?? [],
    }
  }
  return [...years].map(([year, weeks]) => ({
    year,
    weeks: [...weeks].map(([monday, days]) => ({ monday, days })),
  }))
}

/** "2024-07-03, a half day: 38 of 42 bars; missing 10:30–10:40 New York". */
export function describeDay(day: GapDay, unit: Coverage['unit']): string {
  const name = day.isHalfDay ? `${day.date}, a half day` : day.date
  const have =
    day.expected === null
      ? `${day.present} ${day.present === 1 ? unit.slice(0, -1) : unit}`
      : `${day.present} of ${day.expected} ${day.expected === 1 ? unit.slice(0, -1) : unit}`
  if (day.present === 0) return `${name}: none${day.expected === null ? '' : ` of ${day.expected}`} ${unit}`
  return day.spans.length === 0
    ? `${name}: ${have}`
    : `${name}: ${have}; missing ${day.spans.join(', ')} New York`
}
