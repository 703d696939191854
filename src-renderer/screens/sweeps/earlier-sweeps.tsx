import { useQuery } from '#renderer/api/use-query.ts'
import { StatusBadge } from '#renderer/components/badge.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'

/** The sweeps that ran before, newest first. */
export function EarlierSweeps({ current }: { current: string | undefined }) {
  const query = useQuery('listSweeps', { query: { limit: 20 } })
  const linkTo = useLinkTo()
  return (
    <Panel title="Earlier sweeps" flush>
      <QueryView query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="None yet">Each sweep that you run is kept here with its rows.</EmptyState>
          ) : (
            <Table
              label="Earlier sweeps"
              rows={rows}
              rowKey={(row) => row.id}
              isCurrent={(row) => String(row.id) === current}
              maxHeight={260}
              columns={[
                {
                  title: 'Sweep',
                  cell: (row) => (
                    <a href={linkTo('sweeps', { sweep_id: String(row.id), model_id: row.model_id })}>
                      #{row.id}
                    </a>
                  ),
                },
                { title: 'State', cell: (row) => <StatusBadge status={row.status} /> },
                { title: 'Model', cell: (row) => row.model_id },
                { title: 'Profile', cell: (row) => row.risk_profile, spare: 3 },
                { title: 'Rows', numeric: true, cell: (row) => `${row.completed} of ${row.total}` },
                { title: 'Passing', numeric: true, cell: (row) => row.passed },
                { title: 'Overfitting', numeric: true, cell: (row) => formatPercent(row.pbo, 0) },
                { title: 'Tag', cell: (row) => row.tag ?? '', spare: 1 },
                {
                  title: `Started (${zoneName()})`,
                  cell: (row) => formatTime(row.started_at ?? row.created_at),
                  spare: 2,
                },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  )
}
