import type { BacktestRun } from '#renderer/api/types.ts'
import { definitionOf } from '#renderer/components/definition.ts'
import {
  formatCount,
  formatNumber,
  formatPercent,
  formatSignedPercent,
  humanize,
} from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { formatHour } from '#renderer/components/time.ts'
import { TearSheet } from '#shared/contract/tear-sheet.ts'

const weekdays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

interface Group {
  trades: number
  win_rate: number | null
  mean_ret: number | null
}

const toneOf = (value: number | null) =>
  value === null || value === 0 ? undefined : value < 0 ? 'loss' : 'gain'

const figures: TableColumn<Group>[] = [
  { title: 'Trades', numeric: true, cell: ({ trades }) => formatCount(trades) },
  { title: 'Win rate', numeric: true, cell: ({ win_rate }) => formatPercent(win_rate) },
  {
    title: 'Mean trade',
    numeric: true,
    cell: ({ mean_ret }) => <span className={toneOf(mean_ret)}>{formatSignedPercent(mean_ret, 3)}</span>,
  },
]

/** How the trades of each New York hour did. */
export function HourTable({ hours }: { hours: BacktestRun['hours'] }) {
  return (
    <Panel title="By hour" flush definition="Trades by the New York hour of the bar they were decided on">
      {hours.length === 0 ? (
        <EmptyState title="Decides once a day" />
      ) : (
        <Table
          label="Trades by hour"
          rows={hours}
          rowKey={({ hour }) => hour}
          columns={[{ title: 'Hour', cell: ({ hour }) => formatHour(hour) }, ...figures]}
        />
      )}
    </Panel>
  )
}

export function WeekdayTable({ weekdays: rows }: Pick<TearSheet, 'weekdays'>) {
  return (
    <Panel title="By weekday" flush definition={definitionOf(TearSheet.properties.weekdays)}>
      <Table
        label="Trades by weekday"
        rows={rows}
        rowKey={({ weekday }) => weekday}
        columns={[{ title: 'Weekday', cell: ({ weekday }) => weekdays[weekday] }, ...figures]}
      />
    </Panel>
  )
}

export function SideTable({ sides }: Pick<TearSheet, 'sides'>) {
  return (
    <Panel title="Long and short" flush definition={definitionOf(TearSheet.properties.sides)}>
      <Table
        label="Long and short trades"
        rows={sides}
        rowKey={({ side }) => side}
        columns={[
          { title: 'Side', cell: ({ side }) => humanize(side) },
          ...figures,
          {
            title: 'Profit factor',
            numeric: true,
            cell: ({ profit_factor }) => formatNumber(profit_factor),
          },
        ]}
      />
    </Panel>
  )
}
