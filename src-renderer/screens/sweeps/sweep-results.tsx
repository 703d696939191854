import { useMemo } from 'react'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { usePages } from '#renderer/api/use-pages.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { SharpeReturnChart } from '#renderer/charts/sharpe-return-chart.tsx'
import { DataBadge } from '#renderer/components/badge.tsx'
import { CompareBar } from '#renderer/components/compare-bar.tsx'
import { DataGrid } from '#renderer/components/data-grid.tsx'
import { GateDrawer } from '#renderer/components/gate-drawer.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { runColumns } from '#renderer/components/run-columns.tsx'
import { EmptyState, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { navigate, useHash } from '#renderer/stores/hash-state.ts'
import { SweepFolds } from './sweep-folds.tsx'
import { SweepHeatmap } from './sweep-heatmap.tsx'
import { SweepStatus } from './sweep-status.tsx'

const {
  cart,
  compare,
  run,
  gate,
  rule,
  hours,
  sharpe,
  dsr,
  cumReturn,
  maxDd,
  winRate,
  trades,
  foldMin,
  score,
  spark,
  miss,
} = runColumns
const columns = [
  cart,
  compare,
  run,
  gate,
  rule,
  hours,
  spark,
  sharpe,
  dsr,
  cumReturn,
  maxDd,
  winRate,
  trades,
  foldMin,
  score,
  miss,
]

/** One sweep: how far it is, its rows as they arrive, and where the good ones lie. */
export function SweepResults({ sweepId }: { sweepId: string }) {
  const sweep = useQuery('getSweep', { params: { sweep_id: sweepId }, query: { results: false } })
  const status = useQuery('getSweepStatus', { params: { sweep_id: sweepId } })
  const pages = usePages('getSweepResults', { params: { sweep_id: sweepId }, query: {} })
  const open = useHash().params['gate']
  const rows: LeaderboardRow[] = useMemo(
    () => pages.rows.toSorted((a, b) => (b.metrics.sharpe ?? -Infinity) - (a.metrics.sharpe ?? -Infinity)),
    [pages.rows],
  )
  if (status.data === undefined && status.error !== undefined) {
    return <ErrorState error={status.error} onRetry={status.retry} />
  }
  return (
    <>
      <QueryView query={status} lines={2}>
        {(data) => <SweepStatus sweepId={sweepId} status={data} summary={sweep.data?.sweep} rows={rows} />}
      </QueryView>
      <Panel
        title="Results"
        flush
        note={rows[0] !== undefined && <DataBadge simulated={rows[0].simulated} />}
      >
        {pages.error !== undefined && rows.length === 0 ? (
          <ErrorState error={pages.error} onRetry={pages.retry} />
        ) : pages.loading ? (
          <LoadingState label="Loading results" />
        ) : rows.length === 0 ? (
          <EmptyState title="No rows yet">
            The first folds are being trained; rows appear as they finish.
          </EmptyState>
        ) : (
          <DataGrid
            label={`Results of sweep ${sweepId}`}
            testId="sweep-grid"
            rows={rows}
            columns={columns}
            rowId={(row) => row.id}
            csvName={`sweep-${sweepId}`}
            height={Math.min(430, 36 + rows.length * 29 + 18)}
            isMarked={(row) => row.id === open}
            bar={<CompareBar />}
          />
        )}
      </Panel>
      {rows.length > 0 && (
        <div className="columns" style={{ '--column': '340px' }}>
          <SweepHeatmap rows={rows} />
          <Panel title="Sharpe against return" flush note={<span className="muted">filled passes</span>}>
            <SharpeReturnChart rows={rows} height={260} onRow={(id) => navigate('run', { id })} />
          </Panel>
        </div>
      )}
      {rows[0] !== undefined && <SweepFolds row={rows[0]} />}
      <GateDrawer rows={rows} />
    </>
  )
}
