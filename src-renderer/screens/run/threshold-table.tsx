import type { BacktestRun } from '#renderer/api/types.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Table } from '#renderer/components/table.tsx'

/** Each threshold on its own. Picking the best of them would be a choice on test data, and the panel says so. */
export function ThresholdTable({ results }: { results: BacktestRun['threshold_results'] }) {
  if (results.length === 0) return null
  return (
    <Panel
      title="Each threshold"
      flush
      note={
        <Badge
          tone="warn"
          title="The best row was seen on the data it is judged by; the run's own figures choose inside each training part"
        >
          chosen on test data
        </Badge>
      }
    >
      <Table
        label="Each threshold, chosen on test data"
        rows={results}
        rowKey={(row) => row.thr}
        columns={[
          { title: 'Threshold', cell: (row) => formatNumber(row.thr, 3) },
          { title: 'Return', numeric: true, cell: (row) => formatSignedPercent(row.cum_ret) },
          { title: 'Sharpe', numeric: true, cell: (row) => formatNumber(row.sharpe) },
          { title: 'Drawdown', numeric: true, cell: (row) => formatPercent(row.max_dd) },
          { title: 'Win rate', numeric: true, cell: (row) => formatPercent(row.win_rate) },
          { title: 'Trades', numeric: true, cell: (row) => formatCount(row.trades) },
        ]}
      />
    </Panel>
  )
}
