import { call } from '#renderer/api/call.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { useLatest } from '#renderer/api/use-latest.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { ConfigForm } from '#renderer/components/config-form.tsx'
import { FileEditor } from '#renderer/components/file-editor.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import type { FieldSchema } from '#renderer/components/schema-field.ts'
import { SchemaFields } from '#renderer/components/schema-fields.tsx'
import { useFileEdit } from '#renderer/components/use-file-edit.ts'
import { useFormEdit } from '#renderer/components/use-form-edit.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { contract } from '#shared/contract/index.ts'
import type { TemplateRow } from './draft-again.ts'

const head = contract.createTemplate.body.properties.template as unknown as FieldSchema

/** A template as a form beside its file. Written is a draft: what is published stays until the draft is. */
export function TemplateEditor({ row }: { row: TemplateRow }) {
  const { template_id, pack, status } = row
  const form = useQuery('getModelForm', { query: { pack_id: pack } })
  const edit = useFileEdit(`packs/${pack}/model_templates/${template_id}.yaml`, row.text)
  const text = edit.edits.now
  const params = { template_id }
  const checked = useLatest('checkTemplate', { params, body: { pack, text } })
  const merge = useFormEdit(edit, (now, changes) =>
    call('checkTemplate', { params, body: { pack, text: now, changes } }),
  )
  const write = useAction('updateTemplate')
  const push = useToasts((store) => store.push)
  const onWrite = async (next: string, base: string) => {
    const reply = await write.run({ params, body: { template: { pack }, text: next, if_text: base } })
    if (reply !== undefined) push({ tone: 'good', text: `Draft of ${template_id} written` })
    return reply !== undefined
  }
  const config = checked.data?.config ?? null
  return (
    <div className="columns" style={{ '--column': '420px' }}>
      <Panel title="Form" note={<span className="muted">writes into the file beside it</span>}>
        <QueryView query={form}>
          {(data) =>
            config === null ? (
              <p className="muted">The form is back once the file can be read as YAML.</p>
            ) : (
              <>
                <SchemaFields
                  label="Template"
                  schema={head}
                  values={config}
                  omit={['template_id', 'pack', 'config']}
                  isSettled={!checked.isBehind}
                  onChange={merge}
                />
                <ConfigForm
                  form={data}
                  config={asRecord(config['config'])}
                  columns={[]}
                  isSettled={!checked.isBehind}
                  omit={['ticker', 'asset_type', 'horizon', 'cadence', 'description']}
                  onChange={(change) => merge({ config: change })}
                />
              </>
            )
          }
        </QueryView>
      </Panel>
      <FileEditor
        title="Template"
        label="Template YAML"
        testId="template-text"
        note={<Badge tone={status === 'draft' ? 'warn' : 'good'}>{status}</Badge>}
        edit={edit}
        problems={checked.data?.problems ?? []}
        isChecking={checked.isBehind}
        error={write.error ?? checked.error}
        isWriting={write.pending}
        onWrite={onWrite}
      >
        <p className="muted">
          Writing makes or changes the draft. Publishing writes it to the pack, one version up.
        </p>
      </FileEditor>
    </div>
  )
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
