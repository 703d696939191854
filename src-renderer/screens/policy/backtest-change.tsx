import { formatCount, formatNumber, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'

type Changed = NonNullable<ReplyOf<'explainRow'>['what_if']>
type Figures = NonNullable<Changed['backtest']>['before']

interface Line {
  name: string
  of: (figures: Figures) => string
}

const lines: readonly Line[] = [
  { name: 'Trades', of: ({ trades }) => formatCount(trades) },
  { name: 'Sharpe', of: ({ sharpe }) => formatNumber(sharpe) },
  { name: 'Return', of: ({ cum_return }) => formatPercent(cum_return) },
  { name: 'Drawdown', of: ({ max_dd }) => formatPercent(max_dd) },
  { name: 'Win rate', of: ({ win_rate }) => formatPercent(win_rate) },
  { name: 'Behind brackets: trades', of: ({ brackets }) => formatCount(brackets?.trades) },
  { name: 'Behind brackets: at target', of: ({ brackets }) => formatPercent(brackets?.hit_rate) },
  { name: 'Behind brackets: stopped', of: ({ brackets }) => formatPercent(brackets?.stop_rate) },
  { name: 'Behind brackets: mean return', of: ({ brackets }) => formatPercent(brackets?.avg_return, 2) },
]

/** How the tried settings would have changed this decision and the newest backtest. */
export function BacktestChange({ changed }: { changed: Changed }) {
  const { backtest, outcome_before } = changed
  const columns: TableColumn<Line>[] = [
    { title: 'Newest backtest', cell: ({ name }) => name },
    { title: 'Before', numeric: true, cell: ({ of }) => (backtest === null ? '' : of(backtest.before)) },
    { title: 'After', numeric: true, cell: ({ of }) => (backtest === null ? '' : of(backtest.after)) },
  ]
  return (
    <Panel title="What changes">
      <p>Before: {outcome_before.reason}.</p>
      {backtest === null ? (
        <p className="muted">Run a backtest of the model to see how its figures would change.</p>
      ) : (
        <Table label="Backtest before and after" columns={columns} rows={lines} rowKey={({ name }) => name} />
      )}
    </Panel>
  )
}
