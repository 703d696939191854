import { useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

interface PolicyEditorProps {
  policy: ReplyOf<'explainPolicy'>
  /** The file was written: what rests on it is old. */
  onWritten: () => void
}

/** The policy file of the model, checked by the host before it is written. */
export function PolicyEditor({ policy, onWritten }: PolicyEditorProps) {
  const [draft, setDraft] = useState<string>()
  const write = useAction('writePolicy')
  const push = useToasts((store) => store.push)
  const text = draft ?? policy.text
  const save = async () => {
    const { model_id, pack_id } = policy
    const reply = await write.run({ body: { model_id, pack_id, text, if_text: policy.text } })
    if (reply === undefined) return
    setDraft(undefined)
    push({ tone: 'good', text: `${reply.path} written` })
    onWritten()
  }
  return (
    <Panel
      title="Policy"
      note={
        <>
          <code>{policy.path ?? 'defaults'}</code>
          {!policy.own && <Badge title="Saving makes a file of this model’s own">shared</Badge>}
        </>
      }
      actions={
        <>
          <Button small disabled={draft === undefined} onClick={() => setDraft(undefined)}>
            Undo
          </Button>
          <Button
            small
            look="primary"
            data-testid="write-policy"
            disabled={draft === undefined || draft === policy.text || write.pending}
            onClick={() => void save()}
          >
            {write.pending ? 'Checking…' : 'Check and save'}
          </Button>
        </>
      }
    >
      <label className="field">
        <span className="visually-hidden">Policy YAML</span>
        <textarea
          className="input mono"
          rows={24}
          spellCheck={false}
          data-testid="policy-text"
          value={text}
          onChange={(event) => setDraft(event.target.value)}
        />
      </label>
      <ErrorLine error={write.error} />
      <ul>
        {policy.schema_errors.map(({ path, line, message }) => (
          <li key={`${path}${line}${message}`} className="loss">
            {line === null ? path : `${path}:${line}`} {message}
          </li>
        ))}
        {policy.checks.errors.map((message) => (
          <li key={message} className="loss">
            {message}
          </li>
        ))}
        {policy.checks.warnings.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </Panel>
  )
}
