const DAY_MS = 86_400_000

/** How far back rows are scored; the newest ones are the host's own choice of sessions. */
export const periods = [
  { value: 'newest', label: 'Newest rows', days: null },
  { value: '1m', label: 'Last month', days: 31 },
  { value: '3m', label: 'Last 3 months', days: 92 },
  { value: '1y', label: 'Last year', days: 366 },
] as const
export type Period = (typeof periods)[number]['value']

export const isPeriod = (text: string | undefined): text is Period =>
  periods.some(({ value }) => value === text)

/** First day to score, back from the last day of the data; undefined leaves it to the host. */
export function startOf(period: Period, lastDay: string | undefined): string | undefined {
  const days = periods.find(({ value }) => value === period)?.days ?? null
  if (days === null || lastDay === undefined) return undefined
  return new Date(Date.parse(lastDay) - days * DAY_MS).toISOString().slice(0, 10)
}
