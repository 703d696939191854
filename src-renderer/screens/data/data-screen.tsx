import type { SeriesRow } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { formatCount, formatPlural } from '#renderer/components/format.ts'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import { formatDay } from '#renderer/components/time.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { BarPreview } from './bar-preview.tsx'
import { CoverageStrip } from './coverage-strip.tsx'
import { firstSeries, kindTitle, originOf, previewCadence, seriesKey } from './describe-series.ts'
import { ImportList } from './import-list.tsx'
import { ImportWizard } from './import-wizard.tsx'
import { SeriesTable } from './series-table.tsx'
import { SyncPanel } from './sync-panel.tsx'

/** What the lake holds, where it comes from, and what it looks like. The link names the series (`series=`). */
export function DataScreen() {
  const catalog = useQuery('getDataCatalog', {})
  const chosen = useHash().params['series']
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Data</h1>
        <span className="muted">what every figure rests on</span>
        <span className="spacer" />
        <Button onClick={() => show('import')}>Import a file</Button>
        <Button onClick={() => show('sync')}>Sync from a vendor</Button>
      </div>
      <QueryView query={catalog} lines={8}>
        {({ series }) => {
          if (series.length === 0)
            return (
              <section className="panel" aria-label="Series">
                <EmptyState title="No data yet">
                  The lake is empty. The sample data appears here once it is prepared; or import a file below.
                </EmptyState>
              </section>
            )
          const current = series.find((row) => seriesKey(row) === chosen) ?? firstSeries(series)
          return (
            <>
              <Totals series={series} />
              <SeriesTable series={series} current={current} />
              {current !== undefined && <SeriesView series={current} all={series} />}
            </>
          )
        }}
      </QueryView>
      <div id="import" className="stack">
        <ImportWizard />
        <ImportList />
      </div>
      <div id="sync">
        <SyncPanel />
      </div>
    </div>
  )
}

/** Scrolls to a part of the screen and moves the keyboard there. */
function show(part: 'import' | 'sync'): void {
  const element = document.getElementById(part)
  element?.scrollIntoView({ block: 'start' })
  element?.querySelector<HTMLElement>('input,select,button')?.focus({ preventScroll: true })
}

function Totals({ series }: { series: readonly SeriesRow[] }) {
  const count = (origin: ReturnType<typeof originOf>) =>
    formatCount(series.filter((row) => originOf(row) === origin).length)
  const last = series.map((row) => row.last.slice(0, 10)).sort()
  return (
    <Stats
      label="What the lake holds"
      stats={[
        { label: 'Tickers', value: formatCount(new Set(series.map(({ ticker }) => ticker)).size) },
        { label: 'Series', value: formatCount(series.length) },
        { label: 'Rows', value: formatCount(series.reduce((sum, { rows }) => sum + rows, 0)) },
        { label: 'Real', value: count('real') },
        { label: 'Simulated', value: count('simulated') },
        { label: 'Imported', value: count('imported') },
        { label: 'Newest day', value: formatDay(last.at(-1)) },
      ]}
    />
  )
}

function SeriesView({ series, all }: { series: SeriesRow; all: readonly SeriesRow[] }) {
  const cadence = previewCadence(series)
  const hasDaily = all.some((row) => row.ticker === series.ticker && row.cadence === 'daily')
  return (
    <>
      {cadence === undefined ? (
        <section className="panel" aria-label="Preview">
          <EmptyState title={`No preview of ${kindTitle(series.kind)} ${series.cadence ?? ''}`.trim()}>
            {formatPlural(series.rows, 'row')} of {series.ticker} from {formatDay(series.first)} to{' '}
            {formatDay(series.last)}. Charts are drawn for bars of 5 minutes, an hour and a day.
          </EmptyState>
        </section>
      ) : (
        <BarPreview key={seriesKey(series)} series={series} cadence={cadence} />
      )}
      {series.kind === 'bars' && hasDaily && <CoverageStrip series={series} />}
    </>
  )
}
