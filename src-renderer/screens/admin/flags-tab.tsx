import { useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { ConfirmDialog } from '#renderer/components/confirm-dialog.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { humanize } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { Switch } from '#renderer/components/switch.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'

type Flag = ReplyOf<'listFlags'>['flags'][number]
type Change = InputOf<'updateFlag'>['body']

/** What turning a switch costs, where that is more than turning it back. */
const warnings: Record<string, string> = {
  'require_token on':
    'From then on every script needs a token, and browsers must be signed in. This window stays signed in.',
}

/** Switches of the workspace. */
export function FlagsTab() {
  const query = useQuery('listFlags', {})
  const update = useAction('updateFlag')
  const push = useToasts((store) => store.push)
  const [asked, setAsked] = useState<Change>()

  const apply = async (change: Change, isUndo = false) => {
    setAsked(undefined)
    if ((await update.run({ body: change })) === undefined || isUndo) return
    push({
      tone: 'good',
      text: `${humanize(change.key)} is ${change.enabled ? 'on' : 'off'}`,
      action: { label: 'Undo', run: () => void apply({ ...change, enabled: !change.enabled }, true) },
    })
  }
  const turn = (key: string, enabled: boolean) => {
    const change = { key, enabled } as Change
    if (warnings[wordsOf(change)] === undefined) void apply(change)
    else setAsked(change)
  }

  const columns: TableColumn<Flag>[] = [
    {
      title: 'On',
      cell: ({ key, enabled }) => (
        <Switch
          label={humanize(key)}
          checked={enabled}
          disabled={update.pending}
          onChange={(next) => turn(key, next)}
        />
      ),
    },
    {
      title: 'Flag',
      cell: ({ key }) => (
        <>
          <strong>{humanize(key)}</strong> <code className="muted">{key}</code>
        </>
      ),
    },
    { title: 'What it does', cell: ({ description }) => description, wrap: true },
    {
      title: `Changed (${zoneName()})`,
      cell: ({ updated_at }) =>
        updated_at === null ? <Badge title="As Sigma Lab ships it">never</Badge> : formatTime(updated_at),
    },
  ]
  return (
    <Panel
      title="Flags"
      flush
      actions={
        <CopyRequest operationId="updateFlag" input={{ body: { key: 'require_token', enabled: true } }} />
      }
    >
      <ErrorLine error={update.error} />
      <QueryView query={query}>
        {({ flags }) => <Table label="Flags" columns={columns} rows={flags} rowKey={({ key }) => key} />}
      </QueryView>
      {asked !== undefined && (
        <ConfirmDialog
          title={`Turn on “${humanize(asked.key)}”?`}
          confirm="Turn on"
          onConfirm={() => void apply(asked)}
          onClose={() => setAsked(undefined)}
        >
          {warnings[wordsOf(asked)]}
        </ConfirmDialog>
      )}
    </Panel>
  )
}

const wordsOf = ({ key, enabled }: Change): string => `${key} ${enabled ? 'on' : 'off'}`
