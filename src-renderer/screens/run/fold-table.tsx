import type { BacktestRun } from '#renderer/api/types.ts'
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { formatDay } from '#renderer/components/time.ts'

/** Each fold: what it learned on, what it was tested on, what was cut out between, and how it did. */
export function FoldTable({ folds }: { folds: BacktestRun['folds'] }) {
  return (
    <Panel title="Folds" flush>
      {folds.length === 0 ? (
        <EmptyState title="No folds" />
      ) : (
        <Table
          label="Folds"
          rows={folds}
          rowKey={(fold) => fold.fold}
          columns={[
            { title: 'Fold', cell: (fold) => fold.fold },
            {
              title: 'Tested on',
              cell: (fold) => fold.skipped ?? `${formatDay(fold.test_start)} – ${formatDay(fold.test_end)}`,
            },
            { title: 'Sharpe', numeric: true, cell: ({ metrics }) => formatNumber(metrics.sharpe) },
            {
              title: 'Return',
              numeric: true,
              cell: ({ metrics }) => formatSignedPercent(metrics.cum_return),
            },
            { title: 'Drawdown', numeric: true, cell: ({ metrics }) => formatPercent(metrics.max_dd) },
            { title: 'Trades', numeric: true, cell: ({ metrics }) => formatCount(metrics.trades) },
            { title: 'Threshold', numeric: true, cell: (fold) => formatNumber(fold.threshold, 3) },
            { title: 'Learned on', numeric: true, cell: (fold) => formatCount(fold.train_rows) },
            { title: 'Tested', numeric: true, cell: (fold) => formatCount(fold.test_rows) },
            {
              title: 'Purged',
              numeric: true,
              cell: (fold) => formatCount(fold.purged_rows + fold.embargoed_rows),
            },
          ]}
        />
      )}
    </Panel>
  )
}
