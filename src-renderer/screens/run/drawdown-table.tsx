import { definitionOf } from '#renderer/components/definition.ts'
import { formatCount, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { TearSheet } from '#shared/contract/tear-sheet.ts'

/** The deepest falls: from when to when, and how long the way back was. */
export function DrawdownTable({ drawdowns }: Pick<TearSheet, 'drawdowns'>) {
  return (
    <Panel title="Deepest drawdowns" flush definition={definitionOf(TearSheet.properties.drawdowns)}>
      {drawdowns.length === 0 ? (
        <EmptyState title="Never under water" />
      ) : (
        <Table
          label="Deepest drawdowns"
          rows={drawdowns}
          rowKey={({ start }) => start}
          columns={[
            { title: 'Start', cell: ({ start }) => start },
            { title: 'Depth', numeric: true, cell: ({ depth }) => formatPercent(depth, 2) },
            { title: 'Trough', cell: ({ trough }) => trough },
            {
              title: 'Recovery',
              cell: ({ recovery }) => recovery ?? <span className="loss">not yet</span>,
            },
            { title: 'Sessions', numeric: true, cell: ({ sessions }) => formatCount(sessions) },
            { title: 'To the trough', numeric: true, cell: ({ to_trough }) => formatCount(to_trough) },
          ]}
        />
      )}
    </Panel>
  )
}
