import type { SeriesRow } from '#renderer/api/types.ts'
import { firstSeries, previewCadence, seriesKey } from './describe-series.ts'

export const views = [
  { value: 'prices', label: 'Prices' },
  { value: 'gaps', label: 'Gaps' },
  { value: 'chain', label: 'Option chain' },
] as const
export type View = (typeof views)[number]['value']

/** How a series can be looked at: bars as prices, all but quarter hours for gaps, the chain of a ticker from any of its series. */
export function viewsOf(series: SeriesRow, all: readonly SeriesRow[]): View[] {
  const isBars = series.kind === 'bars'
  // Before the open and after the close a day may have any number of bars, or none.
  const isExtended = series.kind === 'extended_bars'
  const hasPrices = previewCadence(series) !== undefined
  const hasChain = all.some(({ kind, ticker }) => kind === 'chain' && ticker === series.ticker)
  const found: View[] = [
    ...(hasPrices ? (['prices'] as const) : []),
    ...(!isExtended && (hasPrices || !isBars) ? (['gaps'] as const) : []),
    ...(hasChain ? (['chain'] as const) : []),
  ]
  return series.kind === 'chain' ? found.toReversed() : found
}

/** The view that the link asks for (`look=`), else the first that the series has. */
export function chooseView(found: readonly View[], look: string | undefined): View | undefined {
  return found.find((view) => view === look) ?? found[0]
}

/** The series that the link names; without one, a chain where the link asks to look at one. */
export function chooseSeries(
  series: readonly SeriesRow[],
  named: string | undefined,
  look: string | undefined,
): SeriesRow | undefined {
  const chosen = series.find((row) => seriesKey(row) === named)
  if (chosen !== undefined) return chosen
  return (look === 'chain' ? series.find(({ kind }) => kind === 'chain') : undefined) ?? firstSeries(series)
}
