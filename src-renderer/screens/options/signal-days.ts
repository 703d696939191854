import type { SignalRow } from '#renderer/api/types.ts'

export interface SignalDay {
  date: string
  count: number
  tickers: readonly string[]
}

/** Days with signals of a profile, ascending. */
export function signalDays(rows: readonly SignalRow[], profile: string): SignalDay[] {
  const byDate = Map.groupBy(
    rows.filter((row) => row.risk_profile === profile),
    ({ date }) => date,
  )
  return [...byDate]
    .map(([date, members]) => ({
      date,
      count: members.length,
      tickers: [...new Set(members.map(({ ticker }) => ticker))],
    }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
}

export const daysWithin = (
  days: readonly SignalDay[],
  { start, end }: { start: string; end: string },
): SignalDay[] => days.filter(({ date }) => date >= start && date <= end)

/** Where to go from a day that has none: the nearest with signals on either side. */
export function nearestDays(
  days: readonly SignalDay[],
  { start, end }: { start: string; end: string },
): SignalDay[] {
  const before = days.findLast(({ date }) => date < start)
  const after = days.find(({ date }) => date > end)
  return [before, after].flatMap((day) => (day === undefined ? [] : [day]))
}
