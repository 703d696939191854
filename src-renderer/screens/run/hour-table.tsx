import type { BacktestRun } from '#renderer/api/types.ts'
import { formatCount, formatPercent, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { formatHour } from '#renderer/components/time.ts'

/** How the trades of each New York hour did. */
export function HourTable({ hours }: { hours: BacktestRun['hours'] }) {
  return (
    <Panel title="By hour" flush note={<span className="muted">New York</span>}>
      {hours.length === 0 ? (
        <EmptyState title="Decides once a day" />
      ) : (
        <Table
          label="Trades by hour"
          rows={hours}
          rowKey={(row) => row.hour}
          columns={[
            { title: 'Hour', cell: (row) => formatHour(row.hour) },
            { title: 'Trades', numeric: true, cell: (row) => formatCount(row.trades) },
            { title: 'Win rate', numeric: true, cell: (row) => formatPercent(row.win_rate) },
            { title: 'Mean trade', numeric: true, cell: (row) => formatSignedPercent(row.mean_ret, 3) },
          ]}
        />
      )}
    </Panel>
  )
}
