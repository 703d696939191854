import type { LeaderboardRow } from '#renderer/api/types.ts'
import type { GridColumn } from '#renderer/components/data-grid.tsx'
import { textColumn } from '#renderer/components/grid-columns.tsx'
import { runColumns as c } from '#renderer/components/run-columns.tsx'
import type { Order } from './use-board-query.ts'
import { verdictText } from './verdict-text.ts'

/** A row's place in the order of the host, whatever the grid is sorted by; a list that is read in pages has no other order. */
const rank: GridColumn<LeaderboardRow> = {
  colId: 'rank',
  headerName: 'Rank',
  valueGetter: ({ data, node }) => {
    if (data === undefined || node === null) return null
    return (node.sourceRowIndex >= 0 ? node.sourceRowIndex : (node.rowIndex ?? 0)) + 1
  },
  type: 'rightAligned',
  pinned: 'left',
  sortable: false,
  filter: false,
}

const verdicts = textColumn<LeaderboardRow>('Other profiles', (row) => verdictText(row))

export const boardColumns: GridColumn<LeaderboardRow>[] = [
  c.cart,
  c.compare,
  rank,
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
  verdicts,
  c.miss,
  c.score,
  c.sortino,
  c.es95,
  c.model,
  c.profile,
  c.source,
  c.created,
]

/** Columns that the host can sort by, best first. */
const orderOfColumn: Readonly<Record<string, Order>> = {
  sharpe: 'sharpe',
  dsr: 'dsr',
  score: 'score',
  'Run at': 'created_at',
}

export const orderOf = (column: string): Order | undefined => orderOfColumn[column]

/** The same columns for a list that the host sorts. */
export const longColumns = (order: Order): GridColumn<LeaderboardRow>[] =>
  boardColumns.map((column) => {
    const own = orderOf(column.colId ?? '')
    if (own === undefined) return { ...column, sortable: false, filter: false }
    return {
      ...column,
      filter: false,
      sortable: true,
      sortingOrder: ['desc'],
      sort: own === order ? 'desc' : null,
    }
  })
