import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Sha } from '#renderer/components/sha.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { countDifferences, type RiskRow } from './read-budget.ts'

interface BudgetVersionsProps {
  row: RiskRow
  comparedId: string | undefined
  onCompare: (id: string) => void
}

/** Every version of a budget, newest first, edits by hand included. */
export function BudgetVersions({ row, comparedId, onCompare }: BudgetVersionsProps) {
  const { history, version } = row
  type Version = (typeof history)[number]
  const columns: TableColumn<Version>[] = [
    { title: 'Version', cell: (each) => each.version },
    { title: `From (${zoneName()})`, cell: ({ created_at }) => formatTime(created_at) },
    {
      title: 'Changed',
      numeric: true,
      spare: 1,
      cell: (each, i) => {
        const before = history[i + 1]
        return before === undefined ? 'first' : countDifferences(each.risk_budget, before.risk_budget)
      },
    },
    { title: 'Sha', cell: ({ risk_sha }) => <Sha label="risk sha" sha={risk_sha} />, spare: 2 },
    {
      id: 'do',
      title: <span className="visually-hidden">Compare</span>,
      cell: (each) =>
        each.version === version ? (
          <Badge tone="good">in force</Badge>
        ) : (
          <Button
            small
            aria-pressed={comparedId === String(each.version)}
            onClick={() => onCompare(String(each.version))}
          >
            Compare
          </Button>
        ),
    },
  ]
  return (
    <Panel title="Versions" flush>
      <Table
        label="Versions"
        columns={columns}
        rows={history}
        rowKey={(each) => each.version}
        maxHeight={260}
      />
    </Panel>
  )
}
