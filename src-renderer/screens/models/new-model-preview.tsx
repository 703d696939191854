import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CodeEditor } from '#renderer/components/code-editor.tsx'
import { meantInstead } from '#renderer/components/meant-instead.ts'
import { Panel } from '#renderer/components/panel.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'
import { ColumnChips } from './column-chips.tsx'

interface NewModelPreviewProps {
  checked: ReplyOf<'checkModel'>
  isBehind: boolean
  /** Takes the name that was meant for the one that was typed. */
  onTake: (was: string, is: string) => void
}

/** The file that would be written, what it means, and what is wrong with the request. */
export function NewModelPreview({ checked, isBehind, onTake }: NewModelPreviewProps) {
  const { problems, reason, text, path, columns } = checked
  const messages = [...problems.map(({ message }) => message), ...(reason === null ? [] : [reason])]
  return (
    <Panel
      title="What comes of it"
      note={
        <>
          {path !== null && <code>{path}</code>}
          {isBehind && <Badge>checking…</Badge>}
        </>
      }
    >
      {messages.length > 0 && (
        <ul className="problems" data-testid="new-model-problems">
          {messages.map((message) => {
            const meant = meantInstead(message)
            return (
              <li key={message} className="row">
                {message}
                {meant !== null && (
                  <Button small onClick={() => onTake(meant.was, meant.is)}>
                    Use {meant.is}
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {text !== '' && (
        <>
          <ColumnChips columns={columns} />
          <CodeEditor
            label="Config that would be written"
            text={text}
            problems={problems}
            area={null}
            readOnly
            onChange={() => {}}
          />
        </>
      )}
    </Panel>
  )
}
