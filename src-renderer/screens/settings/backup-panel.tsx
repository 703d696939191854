import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatBytes } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState, ErrorLine } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { BackupRow } from '#shared/contract/backups.ts'

/** Copies of the workspace: made while it is in use, restored when the host starts next. */
export function BackupPanel() {
  const query = useQuery('listBackups', {})
  const create = useAction('createBackup')
  const restore = useAction('prepareRestore')
  const push = useToasts((store) => store.push)
  const backUp = async () => {
    const reply = await create.run({ body: {} })
    if (reply?.backup === null)
      push({ tone: 'info', text: 'The backup is being made; it is listed when it is whole.' })
  }
  const wish = (name: string | null) => void restore.run({ body: { name } })
  return (
    <Panel
      title="Backups"
      note={
        <Button small disabled={create.pending} onClick={() => void backUp()}>
          {create.pending ? 'Backing up…' : 'Back up now'}
        </Button>
      }
    >
      <ErrorLine error={create.error ?? restore.error} />
      <QueryView query={query} lines={3}>
        {({ backups, pending_restore }) =>
          backups.length === 0 ? (
            <EmptyState title="No backup yet">
              A backup holds the ledger, packs, model files and reports. Market data and matrices stay where
              they are.
            </EmptyState>
          ) : (
            <>
              {pending_restore !== null && (
                <p className="row" role="status">
                  The backup of {timeOf(backups, pending_restore)} is restored when the host starts next; what
                  is here then is kept as a backup.
                  <Button small disabled={restore.pending} onClick={() => wish(null)}>
                    Take back
                  </Button>
                </p>
              )}
              <Table
                label="Backups"
                rows={backups}
                rowKey={(row) => row.name}
                maxHeight={260}
                columns={[
                  { title: `Made (${zoneName()})`, cell: (row) => formatTime(row.created_at) },
                  {
                    title: 'What',
                    cell: (row) =>
                      row.kind === 'before_restore' ? (
                        <Badge tone="warn">before a restore</Badge>
                      ) : (
                        'asked for'
                      ),
                  },
                  { title: 'Size', numeric: true, cell: (row) => formatBytes(row.bytes) },
                  {
                    id: 'do',
                    title: <span className="visually-hidden">Actions</span>,
                    cell: (row) =>
                      row.schema !== null &&
                      row.name !== pending_restore && (
                        <Button small disabled={restore.pending} onClick={() => wish(row.name)}>
                          Restore
                        </Button>
                      ),
                  },
                ]}
              />
            </>
          )
        }
      </QueryView>
    </Panel>
  )
}

/** When a backup was made; its name where it is gone since. */
function timeOf(backups: readonly BackupRow[], name: string): string {
  const found = backups.find((each) => each.name === name)
  return found === undefined ? name : `${formatTime(found.created_at)} ${zoneName()}`
}
