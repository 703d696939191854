import type { SeriesRow } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { formatCount } from '#renderer/components/format.ts'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import { formatDay } from '#renderer/components/time.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { originOf } from './describe-series.ts'
import { ImportList } from './import-list.tsx'
import { ImportWizard } from './import-wizard.tsx'
import { SeriesTable } from './series-table.tsx'
import { SeriesView } from './series-view.tsx'
import { chooseSeries } from './series-views.ts'
import { SyncPanel } from './sync-panel.tsx'

/** What the lake holds, where it comes from, and what it looks like. The link names the series (`series=`) and the view (`look=`). */
export function DataScreen() {
  const catalog = useQuery('getDataCatalog', {})
  const { params } = useHash()
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
                <EmptyState
                  title="No data yet"
                  action={<Button onClick={() => show('import')}>Import a file</Button>}
                >
                  The lake is empty. Sample data, where it is wanted, appears here once it is prepared.
                </EmptyState>
              </section>
            )
          const current = chooseSeries(series, params['series'], params['look'])
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
