import { call } from '#renderer/api/call.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { useLatest } from '#renderer/api/use-latest.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { ConfigForm } from '#renderer/components/config-form.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { FileEditor } from '#renderer/components/file-editor.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { useFileEdit } from '#renderer/components/use-file-edit.ts'
import { useFormEdit } from '#renderer/components/use-form-edit.ts'
import { useLinkTo, useModelId } from '#renderer/stores/context.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { EffectiveConfig } from './effective-config.tsx'

/** The config of the model in force, as a form beside its file. */
export function ConfigTab() {
  const [modelId] = useModelId()
  const linkTo = useLinkTo()
  if (modelId === '') {
    return (
      <Panel title="Config">
        <EmptyState title="No model chosen" action={<a href={linkTo('models')}>All models</a>}>
          Choose a model above, or in the list, to edit its config.
        </EmptyState>
      </Panel>
    )
  }
  return <ModelConfig key={modelId} modelId={modelId} />
}

function ModelConfig({ modelId }: { modelId: string }) {
  const query = useQuery('getModelConfig', { query: { model_id: modelId } })
  return (
    <QueryView query={query} lines={10}>
      {(file) => <ConfigEditor file={file} onConflict={query.retry} />}
    </QueryView>
  )
}

interface ConfigEditorProps {
  file: ReplyOf<'getModelConfig'>
  /** The file is another by now: it is read again. */
  onConflict: () => void
}

function ConfigEditor({ file, onConflict }: ConfigEditorProps) {
  const { model_id, pack_id, path } = file
  const linkTo = useLinkTo()
  const form = useQuery('getModelForm', { query: { pack_id } })
  const edit = useFileEdit(path, file.text)
  const text = edit.edits.now
  const checked = useLatest('checkModelConfig', { body: { model_id, pack_id, text } })
  const merge = useFormEdit(edit, (now, changes) =>
    call('checkModelConfig', { body: { model_id, pack_id, text: now, changes } }),
  )
  const write = useAction('writeModelConfig')
  const push = useToasts((store) => store.push)
  const onWrite = async (next: string, base: string) => {
    const reply = await write.run({ body: { model_id, pack_id, text: next, if_text: base } })
    if (reply !== undefined) push({ tone: 'good', text: `${reply.path} written` })
    onConflict()
    return reply !== undefined
  }
  const { data } = checked
  const problems = data === undefined ? file.problems : data.problems
  return (
    <div className="columns" style={{ '--column': '420px' }}>
      <div className="stack">
        <Panel
          title="Form"
          note={<span className="muted">writes into the file beside it</span>}
          actions={<a href={linkTo('policy', { model_id })}>Its policy</a>}
        >
          <QueryView query={form}>
            {(choices) =>
              data?.config == null ? (
                <p className="muted">The form is back once the file can be read as YAML.</p>
              ) : (
                <ConfigForm
                  form={choices}
                  config={data.config}
                  columns={data.columns}
                  isSettled={!checked.isBehind}
                  onChange={merge}
                />
              )
            }
          </QueryView>
        </Panel>
        {data !== undefined && <EffectiveConfig checked={data} packId={pack_id} />}
      </div>
      <FileEditor
        title="Config"
        label="Config YAML"
        testId="config-text"
        edit={edit}
        problems={problems}
        isChecking={checked.isBehind}
        note={problems.length > 0 ? <Badge tone="bad">{problems.length} to mend</Badge> : undefined}
        actions={<CopyRequest operationId="writeModelConfig" input={{ body: { model_id, pack_id, text } }} />}
        error={write.error ?? checked.error}
        isWriting={write.pending}
        onWrite={onWrite}
      />
    </div>
  )
}
