import type { ModelSummary, SignalRow } from '#renderer/api/types.ts'

const DAY_MS = 86_400_000

export const ranges = [
  { value: 'around', label: 'Around it' },
  { value: '1m', label: '1 M', days: 31 },
  { value: '3m', label: '3 M', days: 92 },
  { value: '1y', label: '1 Y', days: 366 },
  { value: 'all', label: 'All' },
] as const
export type Range = (typeof ranges)[number]['value']
export type BarCadence = 'daily' | 'hourly' | '5m'

/** Ranges whose bars can still be told apart. */
const byCadence: Record<BarCadence, readonly Range[]> = {
  daily: ['around', '3m', '1y', 'all'],
  hourly: ['around', '1m', '3m', 'all'],
  '5m': ['around', '1m', 'all'],
}

/** Calendar days before a signal and after its time. */
const margins: Record<BarCadence, { before: number; after: number }> = {
  daily: { before: 75, after: 10 },
  hourly: { before: 9, after: 4 },
  '5m': { before: 1, after: 1 },
}

/** Bars that a model's signals are looked at on; quarter hours are drawn as 5 minutes. */
export function cadenceOf(signal: Pick<SignalRow, 'hour_et'>, model: ModelSummary | undefined): BarCadence {
  const cadence = model?.cadence
  if (cadence === 'daily' || cadence === 'hourly') return cadence
  if (cadence === '5m' || cadence === '15m') return '5m'
  return signal.hour_et === null ? 'daily' : 'hourly'
}

export const rangesOf = (cadence: BarCadence) =>
  ranges.filter(({ value }) => byCadence[cadence].includes(value))

/** First and last day of a range; all but the one around a signal end with the newest. */
export function windowOf(
  range: Range,
  cadence: BarCadence,
  shown: Pick<SignalRow, 'ts' | 'date' | 'time_stop_ts'>,
  dates: readonly string[],
): { start: string; end: string } {
  const { before, after } = margins[cadence]
  const newest = dates.reduce((a, b) => (a > b ? a : b), shown.date)
  const oldest = dates.reduce((a, b) => (a < b ? a : b), shown.date)
  if (range === 'around') {
    const until = shown.time_stop_ts?.slice(0, 10) ?? shown.date
    return { start: shift(shown.date, -before), end: shift(until, after) }
  }
  const days = ranges.flatMap((each) => (each.value === range && 'days' in each ? [each.days] : []))[0]
  return {
    start: days === undefined ? shift(oldest, -before) : shift(newest, -days),
    end: shift(newest, Math.max(after, 31)),
  }
}

const shift = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)
