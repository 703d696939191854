import type { MatrixProfile } from '#renderer/api/types.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { formatNumber, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Table } from '#renderer/components/table.tsx'
import { Tip } from '#renderer/components/tip.tsx'

/** Common reading of the population stability index. */
const SHIFTED = 0.25
const MOVED = 0.1

/** How the newest tenth differs from the rest, most drifted column first. */
export function DriftTable({ drift }: { drift: MatrixProfile['drift_summary'] }) {
  const rows = drift.columns.toSorted((a, b) => (b.psi ?? -1) - (a.psi ?? -1))
  const { target } = drift
  return (
    <Panel
      title="Drift of features"
      flush
      note={
        <span className="muted">
          newest tenth; target {formatPercent(target.mean_head, 3)} → {formatPercent(target.mean_tail, 3)}
        </span>
      }
    >
      <Table
        label="Drift of features"
        rows={rows}
        rowKey={(row) => row.column}
        maxHeight={420}
        columns={[
          { title: 'Column', cell: (row) => row.column },
          {
            id: 'psi',
            title: (
              <Tip text="Population stability index between the newest tenth and the rest; above 0.25 the column has shifted">
                PSI
              </Tip>
            ),
            numeric: true,
            cell: (row) => formatNumber(row.psi),
          },
          { title: 'Shift in deviations', numeric: true, cell: (row) => formatNumber(row.mean_shift_in_std) },
          {
            title: 'Verdict',
            cell: ({ psi }) =>
              psi === null ? (
                ''
              ) : psi > SHIFTED ? (
                <Badge tone="bad">shifted</Badge>
              ) : psi > MOVED ? (
                <Badge tone="warn">moved</Badge>
              ) : (
                <Badge tone="good">steady</Badge>
              ),
          },
        ]}
      />
    </Panel>
  )
}
