import { useDeferredValue, useMemo } from 'react'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { usePages } from '#renderer/api/use-pages.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { rowsWithin } from '#renderer/charts/brushes.ts'
import type { PlotBox } from '#renderer/charts/plot.tsx'
import { SharpeReturnChart } from '#renderer/charts/sharpe-return-chart.tsx'
import { DataBadge } from '#renderer/components/badge.tsx'
import { CompareBar } from '#renderer/components/compare-bar.tsx'
import { DataGrid } from '#renderer/components/data-grid.tsx'
import { GateDrawer } from '#renderer/components/gate-drawer.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { runColumns } from '#renderer/components/run-columns.tsx'
import { EmptyState, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { useOwnModel } from '#renderer/stores/context.ts'
import { navigate, useHash } from '#renderer/stores/hash-state.ts'
import { KeptNote } from './kept-note.tsx'
import { NullPanel } from './null-panel.tsx'
import { OverfitMeter } from './overfit-meter.tsx'
import { SplitCharts } from './split-charts.tsx'
import { sweepAxes } from './sweep-axes.ts'
import { SweepFolds } from './sweep-folds.tsx'
import { SweepHeatmap } from './sweep-heatmap.tsx'
import { SweepLines } from './sweep-lines.tsx'
import { SweepStatus } from './sweep-status.tsx'
import { useBrushes } from './use-brushes.ts'

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
  useOwnModel(sweep.data?.sweep.model_id)
  const status = useQuery('getSweepStatus', { params: { sweep_id: sweepId } })
  const pages = usePages('getSweepResults', { params: { sweep_id: sweepId }, query: {} })
  const open = useHash().params['gate']
  const rows: LeaderboardRow[] = useMemo(
    () => pages.rows.toSorted((a, b) => (b.metrics.sharpe ?? -Infinity) - (a.metrics.sharpe ?? -Infinity)),
    [pages.rows],
  )
  const analysis = sweep.data?.analysis ?? null
  const axes = useMemo(() => sweepAxes(rows), [rows])
  const brushing = useBrushes()
  const within = useMemo(
    () => rowsWithin(axes, brushing.brushes, rows.length),
    [axes, brushing.brushes, rows.length],
  )
  // A grid and a plot take longer to draw than a hand to move.
  const settled = useDeferredValue(within)
  const kept = useMemo(() => rows.filter((_, i) => settled[i]), [rows, settled])
  const keptIds = useMemo(() => new Set(kept.map(({ id }) => id)), [kept])
  const isKept = useMemo(
    () => (keptIds.size === rows.length ? undefined : (row: LeaderboardRow) => keptIds.has(row.id)),
    [keptIds, rows.length],
  )
  const keepBox = ({ x, y }: PlotBox) => {
    const range = (axis: string, [from, to]: [number, number]) => ({ axis, from: short(from), to: short(to) })
    const others = brushing.brushes.filter(({ axis }) => axis !== 'sharpe' && axis !== 'cum_return')
    brushing.keep([...others, range('sharpe', x), range('cum_return', y)])
  }
  if (status.data === undefined && status.error !== undefined) {
    return <ErrorState error={status.error} onRetry={status.retry} />
  }
  return (
    <>
      <QueryView query={status} lines={2}>
        {(data) => <SweepStatus sweepId={sweepId} status={data} summary={sweep.data?.sweep} rows={rows} />}
      </QueryView>
      {rows.length > 1 && <SweepLines rows={rows} axes={axes} within={within} {...brushing} />}
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
            isKept={isKept}
            bar={<CompareBar />}
          />
        )}
      </Panel>
      {rows.length > 0 && (
        <div className="columns" style={{ '--column': '400px' }}>
          <div className="stack">
            <SweepHeatmap rows={rows} within={settled} brushes={brushing.brushes} onBrush={brushing.keep} />
            {analysis !== null && <OverfitMeter rows={rows} analysis={analysis} />}
          </div>
          <Panel
            title="Sharpe against return"
            flush
            note={<KeptNote id="scatter" kept={kept.length} total={rows.length} />}
          >
            <SharpeReturnChart
              rows={kept}
              others={rows}
              height={230}
              onRow={(id) => navigate('run', { id })}
              onBox={keepBox}
            />
          </Panel>
        </div>
      )}
      {sweep.data !== undefined && analysis !== null && rows.length > 0 && (
        <div className="columns stretch thirds">
          <SplitCharts analysis={analysis} inOrder={pages.rows} keptIds={keptIds} />
          <NullPanel sweepId={sweepId} test={analysis.null_test} seconds={sweep.data.null_seconds} />
        </div>
      )}
      {kept[0] !== undefined && <SweepFolds row={kept[0]} />}
      <GateDrawer rows={rows} />
    </>
  )
}

/** As fine as a hand draws. */
const short = (value: number): number => Number(value.toPrecision(4))
