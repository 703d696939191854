import { useMemo } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { DataGrid } from '#renderer/components/data-grid.tsx'
import { zoneName } from '#renderer/components/display-time.ts'
import { formatPlural } from '#renderer/components/format.ts'
import {
  countColumn,
  numberColumn,
  returnColumn,
  textColumn,
  timeColumn,
} from '#renderer/components/grid-columns.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'

interface Trade {
  number: number
  entryAt: string
  exitAt: string
  side: string
  size: number | undefined
  entry: number | null | undefined
  exit: number | null | undefined
  ret: number | undefined
  fold: number | undefined
}

const columns = [
  countColumn<Trade>('Trade', (trade) => trade.number),
  timeColumn<Trade>('Entry', (trade) => trade.entryAt),
  timeColumn<Trade>('Exit', (trade) => trade.exitAt),
  textColumn<Trade>('Side', (trade) => trade.side),
  numberColumn<Trade>('Size', (trade) => trade.size),
  numberColumn<Trade>('Entry price', (trade) => trade.entry),
  numberColumn<Trade>('Exit price', (trade) => trade.exit),
  returnColumn<Trade>('Return', (trade) => trade.ret, 3),
  countColumn<Trade>('Fold', (trade) => trade.fold),
]

/** The trades one by one; times are New York. */
export function TradeGrid({ reply: { run, trades, trades_total: total } }: { reply: BacktestRun }) {
  const rows = useMemo<Trade[]>(
    () =>
      trades.entry_at.map((entryAt, i) => ({
        number: i + 1,
        entryAt,
        exitAt: trades.exit_at[i] ?? '',
        side: trades.side[i] ?? '',
        size: trades.size[i],
        entry: trades.entry[i],
        exit: trades.exit[i],
        ret: trades.ret[i],
        fold: trades.fold[i],
      })),
    [trades],
  )
  const note =
    rows.length < total
      ? `the first ${rows.length} of ${formatPlural(total, 'trade')}`
      : formatPlural(total, 'trade')
  return (
    <Panel
      title="Trades"
      flush
      note={
        <span className="muted">
          {note}, times in {zoneName()}
        </span>
      }
    >
      {rows.length === 0 ? (
        <EmptyState title="No trades">The rule never acted on the test rows.</EmptyState>
      ) : (
        <DataGrid
          label={`Trades of run ${run.id}`}
          testId="trade-grid"
          rows={rows}
          columns={columns}
          rowId={(trade) => String(trade.number)}
          csvName={`run-${run.id}-trades`}
          height={320}
        />
      )}
    </Panel>
  )
}
