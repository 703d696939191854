import { useMemo } from 'react'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { usePages } from '#renderer/api/use-pages.ts'
import { SharpeReturnChart } from '#renderer/charts/sharpe-return-chart.tsx'
import { CompareBar } from '#renderer/components/compare-bar.tsx'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { GateDrawer } from '#renderer/components/gate-drawer.tsx'
import { textColumn } from '#renderer/components/grid-columns.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { runColumns } from '#renderer/components/run-columns.tsx'
import { ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { navigate, useHash } from '#renderer/stores/hash-state.ts'
import { BoardEmpty } from './board-empty.tsx'
import { BoardFilters } from './board-filters.tsx'
import { BoardSummary } from './board-summary.tsx'
import { findFlips, flipText } from './find-flips.ts'
import { useBoardQuery } from './use-board-query.ts'

const c = runColumns
const afterRank = [
  c.dsr,
  c.trials,
  c.gate,
  c.run,
  c.sharpe,
  c.cumReturn,
  c.maxDd,
  c.winRate,
  c.trades,
  c.spark,
  c.rule,
  c.hours,
  c.miss,
  c.score,
  c.sortino,
  c.es95,
  c.model,
  c.profile,
  c.source,
  c.created,
]

/** Every run, best first, behind its gate. The link carries the whole view. */
export function LeaderboardScreen() {
  const board = useBoardQuery()
  const pages = usePages('getLeaderboard', { query: board.query })
  const open = useHash().params['gate']
  const flips = useMemo(() => findFlips(pages.rows), [pages.rows])
  const rows = useMemo(
    () => (board.isFlipsOnly ? pages.rows.filter(({ id }) => flips.has(id)) : pages.rows),
    [pages.rows, flips, board.isFlipsOnly],
  )
  const columns = useMemo<GridColumn<LeaderboardRow>[]>(() => {
    const rankOf = new Map(rows.map((row, i) => [row.id, i + 1]))
    const rank: GridColumn<LeaderboardRow> = {
      colId: 'rank',
      headerName: 'Rank',
      valueGetter: ({ data }) => (data === undefined ? null : (rankOf.get(data.id) ?? null)),
      filter: 'agNumberColumnFilter',
      type: 'rightAligned',
      pinned: 'left',
    }
    const flip = textColumn<LeaderboardRow>('Flips', ({ id }) => {
      const found = flips.get(id)
      return found === undefined ? '' : flipText(found)
    })
    const columns = [c.cart, c.compare, rank, ...afterRank]
    if (flips.size > 0) columns.splice(columns.indexOf(c.miss), 0, flip)
    return columns
  }, [rows, flips])

  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Leaderboard</h1>
        <BoardFilters board={board} />
      </div>
      {pages.error !== undefined && rows.length === 0 ? (
        <ErrorState error={pages.error} onRetry={pages.retry} />
      ) : pages.loading ? (
        <LoadingState label="Loading runs" lines={8} />
      ) : rows.length === 0 ? (
        <BoardEmpty board={board} />
      ) : (
        <>
          <div className="side-by-side">
            <Panel
              title="Sharpe against return"
              flush
              note={<span className="muted">size is trades, colour the first hour, filled passes</span>}
            >
              <SharpeReturnChart rows={rows} height={216} onRow={(id) => navigate('run', { id })} />
            </Panel>
            <BoardSummary rows={rows} />
          </div>
          <section className="panel" style={{ flex: 1 }} aria-label="Runs">
            <DataGrid
              label="Leaderboard"
              testId="leaderboard-grid"
              rows={rows}
              columns={columns}
              rowId={(row) => row.id}
              csvName="leaderboard"
              height={330}
              isMarked={(row) => row.id === open}
              bar={
                <>
                  <CompareBar />
                  {pages.rows.length < pages.total && (
                    <span role="status">
                      loading {pages.rows.length} of {pages.total}
                    </span>
                  )}
                </>
              }
            />
          </section>
          <GateDrawer rows={rows} />
        </>
      )}
    </div>
  )
}
