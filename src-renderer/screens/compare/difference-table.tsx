import { useState } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { CheckField } from '#renderer/components/field.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { RunHead } from './compared-run.tsx'
import { differingFields, fieldsOf } from './run-fields.ts'

/** What sets the runs apart; what they share is one tick away. */
export function DifferenceTable({ replies }: { replies: readonly BacktestRun[] }) {
  const [isAll, setAll] = useState(false)
  const fields = fieldsOf(replies)
  const differing = differingFields(fields)
  const rows = isAll ? fields : differing
  return (
    <Panel
      title="What differs"
      flush
      note={<span className="muted">{formatPlural(differing.length, 'field')}</span>}
      actions={<CheckField label="Also what is the same" checked={isAll} onChange={setAll} />}
    >
      {rows.length === 0 ? (
        <EmptyState title="Nothing differs">
          The runs have the same configuration, data and budget.
        </EmptyState>
      ) : (
        <Table
          label="What differs"
          rows={rows}
          rowKey={(row) => row.title}
          columns={[
            { title: 'Field', cell: (row) => row.title },
            ...replies.map(({ run }, index) => ({
              id: run.id,
              title: <RunHead index={index} id={run.id} />,
              cell: (row: (typeof rows)[number]) => row.values[index],
            })),
          ]}
        />
      )}
    </Panel>
  )
}
