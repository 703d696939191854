import { useEffect, useRef } from 'react'
import type { SeriesRow } from '#renderer/api/types.ts'
import { formatPlural } from '#renderer/components/format.ts'
import { Segmented } from '#renderer/components/segmented.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { formatDay } from '#renderer/components/time.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { BarPreview } from './bar-preview.tsx'
import { ChainViewer } from './chain-viewer.tsx'
import { CoverageStrip } from './coverage-strip.tsx'
import { kindTitle, previewCadence, seriesKey } from './describe-series.ts'
import { GapPanel } from './gap-panel.tsx'
import { chooseView, views, viewsOf } from './series-views.ts'

/** One series as prices, as its gaps, or as the option chain of its ticker. The view is in the link (`look=`). */
export function SeriesView({ series, all }: { series: SeriesRow; all: readonly SeriesRow[] }) {
  const { params } = useHash()
  const found = viewsOf(series, all)
  const view = chooseView(found, params['look'])
  const head = useRef<HTMLDivElement>(null)
  const isLinked = useRef(view !== undefined && view === params['look'])
  // A link to a view opens at the view, not at the list of series above it.
  useEffect(() => {
    if (isLinked.current) head.current?.scrollIntoView({ block: 'start' })
  }, [])
  const options = found.flatMap((value) => views.filter((each) => each.value === value))
  return (
    <>
      {view !== undefined && (
        <div className="row" ref={head}>
          <Segmented
            label="View"
            options={options}
            value={view}
            onChange={(next) => setParams({ look: next === 'prices' ? undefined : next })}
          />
          <span className="muted">
            {series.ticker} {kindTitle(series.kind)} {series.cadence ?? ''}
          </span>
        </div>
      )}
      {view === undefined && <NoView series={series} />}
      {view === 'prices' && <Prices series={series} all={all} />}
      {view === 'gaps' && <GapPanel key={seriesKey(series)} series={series} />}
      {view === 'chain' && <ChainViewer key={series.ticker} ticker={series.ticker} />}
    </>
  )
}

function Prices({ series, all }: { series: SeriesRow; all: readonly SeriesRow[] }) {
  const cadence = previewCadence(series)
  const hasDaily = all.some((row) => row.ticker === series.ticker && row.cadence === 'daily')
  return (
    <>
      {cadence !== undefined && <BarPreview key={seriesKey(series)} series={series} cadence={cadence} />}
      {hasDaily && <CoverageStrip series={series} />}
    </>
  )
}

function NoView({ series }: { series: SeriesRow }) {
  return (
    <section className="panel" aria-label="Preview">
      <EmptyState title={`No preview of ${kindTitle(series.kind)} ${series.cadence ?? ''}`.trim()}>
        {formatPlural(series.rows, 'row')} of {series.ticker} from {formatDay(series.first)} to{' '}
        {formatDay(series.last)}. Charts are drawn for bars of 5 minutes, an hour and a day.
      </EmptyState>
    </section>
  )
}
