export const ranges = [
  { value: '1m', label: '1 M', days: 31 },
  { value: '3m', label: '3 M', days: 92 },
  { value: '6m', label: '6 M', days: 183 },
  { value: '1y', label: '1 Y', days: 366 },
  { value: '5y', label: '5 Y', days: 1827 },
  { value: 'all', label: 'All', days: Number.POSITIVE_INFINITY },
] as const
export type Range = (typeof ranges)[number]['value']

const DAY_MS = 86_400_000

/** The last part of a series as dates: `end` is its last day, `start` lies the range before it, not before the series. */
export function rangeDates(
  range: Range,
  series: { first: string; last: string },
): { start: string; end: string } {
  const first = series.first.slice(0, 10)
  const end = series.last.slice(0, 10)
  const days = ranges.find(({ value }) => value === range)?.days ?? Number.POSITIVE_INFINITY
  if (!Number.isFinite(days)) return { start: first, end }
  const start = new Date(Date.parse(end) - days * DAY_MS).toISOString().slice(0, 10)
  return { start: start > first ? start : first, end }
}

/** Ranges shorter than the series, and all of it. */
export const usefulRanges = (series: { first: string; last: string }) => {
  const span = (Date.parse(series.last.slice(0, 10)) - Date.parse(series.first.slice(0, 10))) / DAY_MS
  return ranges.filter(({ value, days }) => value === 'all' || days < span)
}
