import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { DiffView } from './diff-view.tsx'

interface ReviewDialogProps {
  path: string
  before: string
  after: string
  isWriting: boolean
  onWrite: () => void
  onClose: () => void
  children?: ReactNode
}

/** The change of a file, before it is written. Enter writes, Escape goes back to the editor. */
export function ReviewDialog({
  path,
  before,
  after,
  isWriting,
  onWrite,
  onClose,
  children,
}: ReviewDialogProps) {
  return (
    <Dialog label={`Changes of ${path}`} wide onClose={onClose}>
      <div className="dialog-body">
        <div className="row between">
          <h2>Changes</h2>
          <code className="muted">{path}</code>
        </div>
        {children}
        <DiffView label="Changes" before={before} after={after} />
        <div className="row end">
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" data-focus data-testid="write-file" disabled={isWriting} onClick={onWrite}>
            {isWriting ? 'Writing…' : 'Write'}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
