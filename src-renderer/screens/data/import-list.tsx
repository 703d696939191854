import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { StatusBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatCount } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState, ErrorLine } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { formatDay } from '#renderer/components/time.ts'
import { kindTitle } from './describe-series.ts'

/** Files that were taken into the lake, each of which can be taken out again. */
export function ImportList() {
  const query = useQuery('listImports', { query: { limit: 50 } })
  const undo = useAction('undoImport')
  return (
    <Panel title="Imported files" flush>
      <ErrorLine error={undo.error} />
      <QueryView query={query} lines={2}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="Nothing imported yet">
              Check a file above, then take it in; from here it can be taken out again.
            </EmptyState>
          ) : (
            <Table
              label="Imported files"
              rows={rows}
              rowKey={(row) => row.id}
              maxHeight={240}
              columns={[
                { title: 'File', cell: (row) => row.file_name },
                {
                  title: 'Series',
                  cell: (row) => [row.ticker, kindTitle(row.kind), row.cadence].filter(Boolean).join(' '),
                },
                { title: 'State', cell: (row) => <StatusBadge status={row.status} /> },
                { title: 'Span', cell: (row) => `${formatDay(row.first)} – ${formatDay(row.last)}` },
                { title: 'Added', numeric: true, cell: (row) => formatCount(row.added) },
                { title: 'Overwritten', numeric: true, cell: (row) => formatCount(row.replaced) },
                { title: 'Bad rows', numeric: true, cell: (row) => formatCount(row.bad) },
                { title: `Imported (${zoneName()})`, cell: (row) => formatTime(row.created_at) },
                {
                  id: 'do',
                  title: <span className="visually-hidden">Actions</span>,
                  cell: (row) =>
                    row.status === 'committed' && (
                      <Button
                        small
                        disabled={undo.pending}
                        data-testid="undo-import"
                        aria-label={`Undo the import of ${row.file_name}`}
                        onClick={() => void undo.run({ params: { id: row.id } })}
                      >
                        Undo
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  )
}
