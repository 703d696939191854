import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { SigmaError } from '#shared/errors.ts'
import { Badge } from './badge.tsx'
import { Button } from './button.tsx'
import { CodeEditor, goToPlace } from './code-editor.tsx'
import { DiffView } from './diff-view.tsx'
import { Panel } from './panel.tsx'
import { type FileProblem, ProblemList } from './problem-list.tsx'
import { ReviewDialog } from './review-dialog.tsx'
import { ErrorLine } from './states.tsx'
import { UndoButtons } from './undo-buttons.tsx'
import type { FileEdit } from './use-file-edit.ts'

interface FileEditorProps {
  title: string
  /** Name of the text for assistive tools. */
  label: string
  edit: FileEdit
  /** Of the text as it is now. */
  problems: readonly FileProblem[]
  /** The host has not yet answered for the text as it is now. */
  isChecking: boolean
  note?: ReactNode
  actions?: ReactNode
  /** Beneath the problems: what a trader should know of a file that is right. */
  children?: ReactNode
  error: SigmaError | undefined
  isWriting: boolean
  /** Writes the text over the file as the edit found it; true when it is written. */
  onWrite: (text: string, base: string) => Promise<boolean>
  testId?: string
}

/** A YAML file: edited with its mistakes at their lines, looked at as a diff, then written unless somebody else was faster. */
export function FileEditor(props: FileEditorProps) {
  const { title, label, edit, problems, isChecking, note, actions, children, testId } = props
  const { edits, isChanged } = edit
  const area = useRef<HTMLTextAreaElement>(null)
  const [isReviewing, setReviewing] = useState(false)
  const canReview = isChanged && problems.length === 0 && !isChecking

  const onKeyDown = (event: KeyboardEvent) => {
    edits.onKeyDown(event)
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (canReview) setReviewing(true)
    const [first] = problems
    if (first !== undefined) goToPlace(area.current, first.line ?? 1, first.column ?? 1)
  }
  const write = async () => {
    if (await props.onWrite(edits.now, edit.base)) edit.written(edits.now)
    setReviewing(false)
  }

  return (
    <Panel
      title={title}
      sticky
      note={
        <>
          <code>{edit.path}</code>
          {isChanged && <Badge tone="warn">not written</Badge>}
          {note}
        </>
      }
      actions={
        <>
          {actions}
          <UndoButtons edits={edits} />
          <Button small look="quiet" disabled={!isChanged} onClick={edit.revert}>
            Revert
          </Button>
          <Button
            small
            look="primary"
            title="Ctrl S"
            data-testid={testId === undefined ? undefined : `review-${testId}`}
            disabled={!canReview}
            onClick={() => setReviewing(true)}
          >
            Review and write
          </Button>
        </>
      }
    >
      <ErrorLine error={props.error} />
      {edit.theirs !== null && <ChangedUnderneath edit={edit} theirs={edit.theirs} />}
      <CodeEditor
        label={label}
        text={edits.now}
        problems={problems}
        area={area}
        {...(testId === undefined ? {} : { testId })}
        onChange={(text) => edits.set(text, 'typing')}
        onKeyDown={onKeyDown}
      />
      <div role="status" className="stack tight">
        {problems.length > 0 ? (
          <ProblemList problems={problems} onGo={(line, column) => goToPlace(area.current, line, column)} />
        ) : (
          <span className="muted">{isChecking ? 'Checking…' : 'No mistakes.'}</span>
        )}
      </div>
      {children}
      {isReviewing && (
        <ReviewDialog
          path={edit.path}
          before={edit.base}
          after={edits.now}
          isWriting={props.isWriting}
          onWrite={() => void write()}
          onClose={() => setReviewing(false)}
        />
      )}
    </Panel>
  )
}

/** Somebody else has written the file since: nothing is lost, and nothing is overwritten unseen. */
function ChangedUnderneath({ edit, theirs }: { edit: FileEdit; theirs: string }) {
  return (
    <div className="banner tone-warn" role="alert" data-testid="changed-underneath">
      <span className="grow">
        The file was changed on disk since you began.{' '}
        {edit.merged === null ? 'Both edits touch the same lines.' : 'The edits do not touch each other.'}
      </span>
      {edit.merged !== null && (
        <Button small look="primary" onClick={edit.takeMerged}>
          Take both
        </Button>
      )}
      <Button small onClick={edit.keepMine}>
        Keep mine
      </Button>
      <Button small onClick={edit.revert}>
        Take theirs
      </Button>
      <details className="whole">
        <summary>What they changed</summary>
        <DiffView label="What they changed" before={edit.base} after={theirs} />
      </details>
    </div>
  )
}
