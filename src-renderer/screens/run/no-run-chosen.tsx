import { useState } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { TextField } from '#renderer/components/field.tsx'
import { formatNumber } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import { setParams } from '#renderer/stores/hash-state.ts'

/** A way in: the number of a run, or one of the newest. */
export function NoRunChosen() {
  const query = useQuery('getLeaderboard', { query: { order_by: 'created_at', limit: 20 } })
  const [text, setText] = useState('')
  const linkTo = useLinkTo()
  const id = /^#?(\d{1,15})$/.exec(text.trim())?.[1]
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Run</h1>
      </div>
      <form
        className="toolbar"
        onSubmit={(event) => {
          event.preventDefault()
          if (id !== undefined) setParams({ id })
        }}
      >
        <TextField
          label="Number of the run"
          className="narrow"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={id === undefined}>
          Open
        </Button>
      </form>
      <Panel title="Newest runs" flush>
        <QueryView query={query}>
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState
                title="No runs yet"
                action={
                  <a className="button primary" href={linkTo('sweeps')}>
                    Run a sweep
                  </a>
                }
              />
            ) : (
              <Table
                label="Newest runs"
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  { title: 'Run', cell: (row) => <a href={linkTo('run', { id: row.id })}>#{row.id}</a> },
                  { title: 'Data', cell: (row) => <DataBadge simulated={row.simulated} /> },
                  { title: 'Model', cell: (row) => row.model_id },
                  { title: 'Configuration', cell: (row) => describeConfig(row.config) },
                  { title: 'Sharpe', numeric: true, cell: (row) => formatNumber(row.metrics.sharpe) },
                  { title: `Run at (${zoneName()})`, cell: (row) => formatTime(row.created_at) },
                ]}
              />
            )
          }
        </QueryView>
      </Panel>
    </div>
  )
}
