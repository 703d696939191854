import { useMemo } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { useQueries } from '#renderer/api/use-queries.ts'
import { FoldBoxChart } from '#renderer/charts/fold-box-chart.tsx'
import { OverlayChart } from '#renderer/charts/overlay-chart.tsx'
import { GateDrawer } from '#renderer/components/gate-drawer.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { ErrorLine, LoadingState } from '#renderer/components/states.tsx'
import { parseRunIds } from '#renderer/stores/compare.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { BudgetTable } from './budget-table.tsx'
import { ChooseRuns } from './choose-runs.tsx'
import { ComparedRuns } from './compared-run.tsx'
import { DifferenceTable } from './difference-table.tsx'
import { FigureTable } from './figure-table.tsx'
import { HourHeat } from './hour-heat.tsx'
import { ReturnCorrelation } from './return-correlation.tsx'

/** Runs side by side. The link names them (`ids=`). */
export function CompareScreen() {
  const ids = parseRunIds(useHash().params['ids'])
  const queries = useQueries(
    'getBacktestRun',
    ids.map((id) => ({ params: { id } })),
  )
  const replies = useMemo(() => queries.flatMap(({ data }) => (data === undefined ? [] : [data])), [queries])
  const setIds = (next: readonly string[]) => setParams({ ids: next.join(',') })
  const failed = queries.map(({ error, data }) => (data === undefined ? error : undefined))
  const isLoading = queries.some(({ data, error }) => data === undefined && error === undefined)
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Compare</h1>
        <span className="muted">out of sample, net of costs</span>
      </div>
      <ChooseRuns ids={ids} onChange={setIds} />
      {failed.map((error, i) => error !== undefined && <ErrorLine key={ids[i]} error={error} />)}
      {replies.length > 0 && (
        <ComparedRuns replies={replies} onRemove={(id) => setIds(ids.filter((each) => each !== id))} />
      )}
      {isLoading ? (
        <LoadingState label="Loading runs" lines={8} />
      ) : (
        replies.length > 1 && <SideBySide replies={replies} />
      )}
    </div>
  )
}

const scales = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
] as const

function SideBySide({ replies }: { replies: readonly BacktestRun[] }) {
  const scale = useHash().params['scale'] === 'log' ? 'log' : 'linear'
  // A table with a column for each run stands beside a chart only while it fits there.
  const roomFor = (column: number) => `${Math.max(460, 170 + replies.length * column)}px`
  return (
    <>
      <div className="columns" style={{ '--column': roomFor(150) }}>
        <DifferenceTable replies={replies} />
        <Panel
          title="Equity and drawdown"
          flush
          actions={
            <Segmented
              label="Scale of equity"
              options={scales}
              value={scale}
              onChange={(next) => setParams({ scale: next === 'log' ? 'log' : undefined })}
            />
          }
        >
          <OverlayChart replies={replies} isLog={scale === 'log'} />
        </Panel>
      </div>
      <div className="columns" style={{ '--column': roomFor(92) }}>
        <FigureTable replies={replies} />
        <div className="stack">
          <Panel title="Sharpe by fold" flush note={<span className="muted">each point is a fold</span>}>
            <FoldBoxChart replies={replies} />
          </Panel>
          <HourHeat replies={replies} />
          <ReturnCorrelation replies={replies} />
        </div>
      </div>
      <BudgetTable replies={replies} />
      <GateDrawer rows={replies.map(({ run }) => run)} />
    </>
  )
}
