import { useCallback, useRef } from 'react'
import { call } from '#renderer/api/call.ts'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { usePages } from '#renderer/api/use-pages.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { SharpeReturnChart } from '#renderer/charts/sharpe-return-chart.tsx'
import { DataGrid } from '#renderer/components/data-grid.tsx'
import { formatCount } from '#renderer/components/format.ts'
import { GateDrawer } from '#renderer/components/gate-drawer.tsx'
import { LongGrid } from '#renderer/components/long-grid.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { navigate, setParams, useHash } from '#renderer/stores/hash-state.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { BoardBar } from './board-bar.tsx'
import { boardColumns, longColumns, orderOf } from './board-columns.ts'
import { BoardEmpty } from './board-empty.tsx'
import { BoardFilters } from './board-filters.tsx'
import { BoardSummary } from './board-summary.tsx'
import { SavedViews } from './saved-views.tsx'
import { type Board, useBoardQuery } from './use-board-query.ts'

/** Beyond this many rows the host sorts, and rows are read where the list is looked at. */
const MANY = 1000

/** Every run, best first, behind its gate. The link carries the whole view. */
export function LeaderboardScreen() {
  const board = useBoardQuery()
  const first = useQuery('getLeaderboard', { query: { ...board.query, limit: 200, offset: 0 } })
  const total = first.data?.total ?? 0
  const isLong = total > MANY
  const pages = usePages('getLeaderboard', isLong ? null : { query: board.query })
  const rows: readonly LeaderboardRow[] = isLong ? (first.data?.rows ?? []) : pages.rows
  const open = useHash().params['gate']
  const failure = first.error ?? pages.error
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Leaderboard</h1>
        <BoardFilters board={board} />
        <SavedViews />
      </div>
      {failure !== undefined && rows.length === 0 ? (
        <ErrorState error={failure} onRetry={first.retry} />
      ) : first.data === undefined ? (
        <LoadingState label="Loading runs" lines={8} />
      ) : total === 0 ? (
        <BoardEmpty board={board} />
      ) : (
        <>
          <div className="side-by-side">
            <Panel
              title="Sharpe against return"
              flush
              note={
                <span className="muted">
                  {rows.length < total && `the first ${formatCount(rows.length)} of ${formatCount(total)}; `}
                  size is trades, colour the first hour, filled passes
                </span>
              }
            >
              <SharpeReturnChart rows={rows} height={216} onRow={(id) => navigate('run', { id })} />
            </Panel>
            <BoardSummary rows={rows} board={board} total={total} />
          </div>
          <section className="panel" style={{ flex: 1 }} aria-label="Runs">
            {isLong ? (
              <LongBoard board={board} first={first.data} open={open} />
            ) : (
              <DataGrid
                label="Leaderboard"
                testId="leaderboard-grid"
                rows={rows}
                columns={boardColumns}
                rowId={rowId}
                csvName="leaderboard"
                height={330}
                isMarked={(row) => row.id === open}
                bar={<BoardBar />}
              />
            )}
          </section>
          <GateDrawer rows={rows} />
        </>
      )}
    </div>
  )
}

const rowId = ({ id }: LeaderboardRow): string => id

interface LongBoardProps {
  board: Board
  /** The first page, which is here already. */
  first: ReplyOf<'getLeaderboard'>
  open: string | undefined
}

function LongBoard({ board, first, open }: LongBoardProps) {
  const key = JSON.stringify(board.query)
  const known = useRef(first.rows)
  known.current = first.rows
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the query
  const read = useCallback(
    async (offset: number, limit: number) =>
      offset === 0
        ? known.current
        : (await call('getLeaderboard', { query: { ...board.query, limit, offset } })).rows,
    [key],
  )
  return (
    <LongGrid
      label="Leaderboard"
      testId="leaderboard-grid"
      read={read}
      total={first.total}
      version={first}
      columns={longColumns(board.order)}
      rowId={rowId}
      csvName="leaderboard"
      height={330}
      isMarked={(row) => row.id === open}
      bar={<BoardBar />}
      onSort={(column) => setParams({ order_by: orderOf(column) })}
    />
  )
}
