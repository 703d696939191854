import { type FormEvent, useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { formatCount, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { UsageBar } from '#renderer/components/usage-bar.tsx'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { limitRange, quotaNames, readLimits } from './read-limits.ts'

type Quotas = ReplyOf<'getQuotas'>

/** Limits of the workspace, what is used of each, and the form to change them. */
export function QuotasTab() {
  const query = useQuery('getQuotas', {})
  return (
    <QueryView query={query}>
      {(quotas) => <QuotaForm key={JSON.stringify(quotas.limits)} quotas={quotas} />}
    </QueryView>
  )
}

function QuotaForm({ quotas: { limits, usage } }: { quotas: Quotas }) {
  const [typed, setTyped] = useState<Record<string, string>>({})
  const update = useAction('updateQuotas')
  const push = useToasts((store) => store.push)
  const { changed, problems } = readLimits(typed, limits)
  const isChanged = Object.keys(changed).length > 0

  const save = async (event: FormEvent) => {
    event.preventDefault()
    const before = Object.fromEntries(quotaNames.map(({ name }) => [name, limits[name]]))
    if ((await update.run({ body: { limits: changed } })) === undefined) return
    const undo = async () => {
      // A quick undo leaves the limits as the page knows them, so nothing else would take back what was typed.
      if ((await update.run({ body: { limits: before } })) !== undefined) setTyped({})
    }
    push({ tone: 'good', text: 'Limits changed', action: { label: 'Undo', run: () => void undo() } })
  }

  const columns: TableColumn<(typeof quotaNames)[number]>[] = [
    { title: 'Limit', cell: ({ title }) => <strong>{title}</strong> },
    { title: 'What it bounds', cell: ({ name }) => limitRange(name).description, wrap: true },
    { title: 'In use', cell: ({ name, use }) => `${formatCount(usage[name])} ${use}` },
    {
      title: 'Of the limit',
      cell: ({ name, title }) => (
        <span className="row nowrap">
          <UsageBar label={title} used={usage[name]} limit={limits[name]} />
          {formatPercent(usage[name] / limits[name], 0)}
        </span>
      ),
    },
    {
      title: 'Limit now',
      numeric: true,
      cell: ({ name, title }) => (
        <input
          className="input number"
          inputMode="numeric"
          size={11}
          aria-label={`${title}, limit`}
          aria-invalid={problems[name] !== undefined}
          title={`${formatCount(limitRange(name).minimum)} to ${formatCount(limitRange(name).maximum)}`}
          value={typed[name] ?? String(limits[name])}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      ),
    },
    {
      id: 'problem',
      title: <span className="visually-hidden">Problem</span>,
      cell: ({ name }) => <span className="loss">{problems[name]}</span>,
    },
  ]
  return (
    <form onSubmit={(event) => void save(event)}>
      <Panel
        title="Quotas"
        flush
        actions={
          <>
            <CopyRequest
              operationId="updateQuotas"
              input={{ body: { limits: isChanged ? changed : limits } }}
            />
            <Button small disabled={Object.keys(typed).length === 0} onClick={() => setTyped({})}>
              Reset
            </Button>
            <Button
              small
              type="submit"
              look="primary"
              disabled={!isChanged || Object.keys(problems).length > 0 || update.pending}
            >
              Save limits
            </Button>
          </>
        }
      >
        <ErrorLine error={update.error} />
        <Table label="Quotas" columns={columns} rows={quotaNames} rowKey={({ name }) => name} />
      </Panel>
    </form>
  )
}
