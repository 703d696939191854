import { useQuery } from '#renderer/api/use-query.ts'
import { Sparkline } from '#renderer/charts/sparkline.tsx'
import { DataBadge } from '#renderer/components/badge.tsx'
import { describeRule } from '#renderer/components/describe-config.ts'
import { formatNumber, formatSignedPercent } from '#renderer/components/format.ts'
import { GateChip } from '#renderer/components/gate-chip.tsx'
import { GateDrawer, openGate } from '#renderer/components/gate-drawer.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { formatHours } from '#renderer/components/time.ts'
import { useLinkTo } from '#renderer/stores/context.ts'

/** The newest backtests of every model. */
export function RecentRuns() {
  const query = useQuery('getLeaderboard', { query: { order_by: 'created_at', limit: 10 } })
  const linkTo = useLinkTo()
  return (
    <Panel title="Recent runs" flush actions={<a href={linkTo('leaderboard', { model_id: '' })}>All runs</a>}>
      <QueryView query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="No runs yet" action={<a href={linkTo('sweeps')}>Set up a sweep</a>}>
              The rows of a sweep appear here as they finish.
            </EmptyState>
          ) : (
            <>
              <Table
                label="Recent runs"
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  { title: 'Run', cell: (row) => <a href={linkTo('run', { id: row.id })}>#{row.id}</a> },
                  {
                    title: 'Gate',
                    cell: (row) => (
                      <GateChip gate={row.gate} subject={`run ${row.id}`} onOpen={() => openGate(row.id)} />
                    ),
                  },
                  { title: 'Sharpe', numeric: true, cell: (row) => formatNumber(row.metrics.sharpe) },
                  {
                    title: 'Return',
                    numeric: true,
                    cell: (row) => formatSignedPercent(row.metrics.cum_return),
                  },
                  { title: 'Equity', cell: (row) => <Sparkline values={row.spark} />, spare: 1 },
                  { title: 'Data', cell: (row) => <DataBadge simulated={row.simulated} /> },
                  {
                    title: 'Model',
                    cell: (row) => (
                      <>
                        {row.model_id}
                        <div className="note muted">
                          {describeRule(row.config)}, {formatHours(row.config.allowed_hours)}
                        </div>
                      </>
                    ),
                  },
                ]}
              />
              <GateDrawer rows={rows} />
            </>
          )
        }
      </QueryView>
    </Panel>
  )
}
