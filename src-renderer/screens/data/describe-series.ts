import type { SeriesRow } from '#renderer/api/types.ts'

export type Origin = 'real' | 'simulated' | 'imported'

/** Where a series comes from: the generator, a user's file, or a source of traded prices. */
export const originOf = ({ simulated, source }: Pick<SeriesRow, 'simulated' | 'source'>): Origin =>
  simulated ? 'simulated' : /^(import|csv|file)\b/.test(source) ? 'imported' : 'real'

/** Names a series in the link and in lists. */
export const seriesKey = ({ ticker, kind, cadence, source }: SeriesRow): string =>
  [ticker, kind, cadence ?? '', source].join(' ')

const kinds: Record<string, string> = {
  bars: 'bars',
  extended_bars: 'bars outside regular hours',
  chain: 'option chain',
  option_minutes: 'option minutes',
  index: 'index',
}

export const kindTitle = (kind: string): string => kinds[kind] ?? kind.replaceAll('_', ' ')

/** Cadences that GET /data/bars serves. */
export const previewCadences = ['5m', 'hourly', 'daily'] as const
export type PreviewCadence = (typeof previewCadences)[number]

export const previewCadence = ({ kind, cadence }: SeriesRow): PreviewCadence | undefined =>
  kind === 'bars' || kind === 'extended_bars' ? previewCadences.find((known) => known === cadence) : undefined

/** The series to show first: daily bars, real ones before simulated ones. */
export function firstSeries(series: readonly SeriesRow[]): SeriesRow | undefined {
  const rank = (row: SeriesRow) =>
    (row.kind === 'bars' ? 4 : 0) + (row.cadence === 'daily' ? 2 : 0) + (row.simulated ? 0 : 1)
  return series.toSorted((a, b) => rank(b) - rank(a))[0]
}
