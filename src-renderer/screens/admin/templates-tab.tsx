import { useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { ConfirmDialog } from '#renderer/components/confirm-dialog.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { MISSING } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState, ErrorLine } from '#renderer/components/states.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { draftAgain, type TemplateRow } from './draft-again.ts'
import { NewTemplateForm } from './new-template-form.tsx'
import { PackFilter } from './pack-filter.tsx'
import { TemplateEditor } from './template-editor.tsx'

/** Model templates: drafts, which only admins see, and what is published from them. The link names the one that is open. */
export function TemplatesTab() {
  const { params } = useHash()
  const pack = params['pack'] ?? ''
  const query = useQuery('listAdminTemplates', { query: pack === '' ? {} : { pack } })
  const packs = useQuery('listAdminPacks', {}).data?.packs ?? []
  const create = useAction('createTemplate')
  const update = useAction('updateTemplate')
  const discard = useAction('discardTemplate')
  const publish = useAction('publishTemplate')
  const push = useToasts((store) => store.push)
  const [asked, setAsked] = useState<TemplateRow>()

  const throwAway = async ({ template_id }: TemplateRow) => {
    const reply = await discard.run({ params: { template_id } })
    if (reply === undefined) return
    const { template } = reply
    const isPublished = query.data?.templates.some(
      (each) => each.template_id === template_id && each.status === 'published',
    )
    const again = draftAgain(template)
    const undo = async () => {
      if (isPublished !== true) await create.run({ body: again.create })
      await update.run({ params: { template_id }, body: again.update })
    }
    push({
      tone: 'info',
      text: `Draft of ${template_id} discarded`,
      action: { label: 'Undo', run: () => void undo() },
    })
  }
  const send = async ({ template_id }: TemplateRow, overwrite: boolean) => {
    setAsked(undefined)
    const reply = await publish.run({ params: { template_id }, query: { overwrite } })
    if (reply === undefined) return
    push({ tone: 'good', text: `${template_id}: version ${reply.version} published to ${reply.path}` })
    if (params['template'] === template_id) setParams({ template: undefined })
  }

  const isBusy = discard.pending || publish.pending
  const columns: TableColumn<TemplateRow>[] = [
    {
      title: 'Template',
      cell: ({ template_id, name }) => (
        <>
          <button type="button" className="link" onClick={() => setParams({ template: template_id })}>
            {template_id}
          </button>{' '}
          <span className="muted">{name}</span>
        </>
      ),
    },
    {
      title: 'State',
      cell: ({ status, problems }) => (
        <span className="row nowrap">
          <Badge tone={status === 'draft' ? 'warn' : 'good'}>{status}</Badge>
          {problems.length > 0 && (
            <Badge tone="bad" title={problems[0]?.message ?? ''}>
              {problems.length} {problems.length === 1 ? 'mistake' : 'mistakes'}
            </Badge>
          )}
        </span>
      ),
    },
    { title: 'Version', numeric: true, cell: ({ template_version }) => template_version },
    { title: 'Pack', cell: (row) => row.pack },
    { title: 'Trades', cell: ({ asset_type }) => (asset_type === 'opt' ? 'options' : 'shares') },
    { title: 'Horizon', cell: ({ horizon }) => horizon },
    { title: 'Bars', cell: ({ cadence }) => cadence },
    {
      title: `Changed (${zoneName()})`,
      cell: ({ updated_at }) => (updated_at === null ? MISSING : formatTime(updated_at)),
      spare: 1,
    },
    {
      id: 'do',
      title: <span className="visually-hidden">Actions</span>,
      cell: (row) =>
        row.status === 'draft' ? (
          <span className="row nowrap">
            <Button small disabled={isBusy || row.problems.length > 0} onClick={() => void send(row, false)}>
              Publish version {row.template_version}
            </Button>
            <Button small look="quiet" disabled={isBusy} onClick={() => void throwAway(row)}>
              Discard
            </Button>
          </span>
        ) : (
          <Button small look="quiet" onClick={() => setParams({ template: row.template_id })}>
            Edit<span className="visually-hidden"> {row.template_id}</span>
          </Button>
        ),
    },
  ]
  return (
    <QueryView query={query} lines={8}>
      {({ templates }) => {
        const open = openOf(templates, params['template'])
        return (
          <>
            {open === undefined && (
              <NewTemplateForm
                packs={packs.map(({ id }) => id)}
                pack={pack}
                onMade={(id) => setParams({ template: id })}
              />
            )}
            <Panel
              title="Templates"
              flush
              note={
                open !== undefined && (
                  <Button small look="quiet" onClick={() => setParams({ template: undefined })}>
                    Close {open.template_id}
                  </Button>
                )
              }
              actions={
                <PackFilter
                  packs={packs.map(({ id }) => id)}
                  pack={pack}
                  onChange={(next) => setParams({ pack: next, template: undefined })}
                />
              }
            >
              <ErrorLine error={discard.error ?? publish.error ?? create.error ?? update.error} />
              {publish.error?.code === 'CONFLICT' && (
                <Overwrite rows={templates} message={publish.error.message} onAsk={setAsked} />
              )}
              {templates.length === 0 ? (
                <EmptyState title="No templates">Draft the first one above.</EmptyState>
              ) : (
                <Table
                  label="Templates"
                  columns={columns}
                  rows={templates.toSorted(
                    (a, b) => Number(a.status !== 'draft') - Number(b.status !== 'draft'),
                  )}
                  rowKey={({ template_id, status }) => `${template_id} ${status}`}
                  isCurrent={(row) => row === open}
                  maxHeight={open === undefined ? 620 : 200}
                />
              )}
            </Panel>
            {open !== undefined && <TemplateEditor key={open.template_id} row={open} />}
            {asked !== undefined && (
              <ConfirmDialog
                title={`Publish ${asked.template_id} over the newer file?`}
                confirm="Publish over it"
                danger
                onConfirm={() => void send(asked, true)}
                onClose={() => setAsked(undefined)}
              >
                The file of the pack was edited by hand since this draft was made. That edit would be lost.
              </ConfirmDialog>
            )}
          </>
        )
      }}
    </QueryView>
  )
}

/** The draft of the template that the link names, else what is published. */
function openOf(rows: readonly TemplateRow[], id: string | undefined): TemplateRow | undefined {
  const found = rows.filter(({ template_id }) => template_id === id)
  return found.find(({ status }) => status === 'draft') ?? found[0]
}

function Overwrite({
  rows,
  message,
  onAsk,
}: {
  rows: readonly TemplateRow[]
  message: string
  onAsk: (row: TemplateRow) => void
}) {
  const row = rows.find(({ status, template_id }) => status === 'draft' && message.includes(template_id))
  if (row === undefined || !message.includes('overwrite')) return null
  return (
    <div className="toolbar inset">
      <Button small onClick={() => onAsk(row)}>
        Publish over the newer file…
      </Button>
      <span className="muted">or discard the draft, which takes the newer file</span>
    </div>
  )
}
