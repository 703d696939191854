import { useAction } from '#renderer/api/use-action.ts'
import { useLatest } from '#renderer/api/use-latest.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { FileEditor } from '#renderer/components/file-editor.tsx'
import { useFileEdit } from '#renderer/components/use-file-edit.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

interface PolicyEditorProps {
  policy: ReplyOf<'explainPolicy'>
  /** The file was written, or is another by now: what rests on it is old. */
  onWritten: () => void
}

/** The policy file of the model, checked by the host as it is typed. */
export function PolicyEditor({ policy, onWritten }: PolicyEditorProps) {
  const { model_id, pack_id, own } = policy
  const edit = useFileEdit(`packs/${pack_id}/policies/${model_id}.yaml`, policy.text)
  const text = edit.edits.now
  const checked = useLatest('checkPolicy', { body: { model_id, pack_id, text } })
  const write = useAction('writePolicy')
  const push = useToasts((store) => store.push)
  const onWrite = async (next: string, base: string) => {
    // A shared policy is another file: a copy of it is written, and nothing of it is lost.
    const over = own ? { if_text: base } : {}
    const reply = await write.run({ body: { model_id, pack_id, text: next, ...over } })
    if (reply !== undefined) push({ tone: 'good', text: `${reply.path} written` })
    onWritten()
    return reply !== undefined
  }
  const { problems, checks } = checked.data ?? { problems: policy.schema_errors, checks: policy.checks }
  return (
    <FileEditor
      title="Policy"
      label="Policy YAML"
      testId="policy-text"
      note={
        !own && (
          <Badge title={`Now ${policy.path ?? 'the defaults'}, which others use too`}>
            shared; writing makes a file of this model’s own
          </Badge>
        )
      }
      edit={edit}
      problems={problems}
      isChecking={checked.isBehind}
      error={write.error ?? checked.error}
      isWriting={write.pending}
      onWrite={onWrite}
    >
      {problems.length === 0 && (
        <ul className="bullets">
          {checks.errors.map((message) => (
            <li key={message} className="loss">
              {message}
            </li>
          ))}
          {checks.warnings.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </FileEditor>
  )
}
