import { FoldMap } from '#renderer/charts/fold-map.tsx'
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from '#renderer/components/format.ts'
import { Table } from '#renderer/components/table.tsx'
import { formatDay } from '#renderer/components/time.ts'
import type { FoldReport } from '#shared/contract/metrics.ts'

/** Where each fold learned and was tested, and how it did. */
export function CardFolds({ folds }: { folds: readonly FoldReport[] }) {
  return (
    <>
      <FoldMap folds={folds} />
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
          { title: 'Return', numeric: true, cell: ({ metrics }) => formatSignedPercent(metrics.cum_return) },
          { title: 'Drawdown', numeric: true, cell: ({ metrics }) => formatPercent(metrics.max_dd) },
          { title: 'Trades', numeric: true, cell: ({ metrics }) => formatCount(metrics.trades) },
        ]}
      />
    </>
  )
}
