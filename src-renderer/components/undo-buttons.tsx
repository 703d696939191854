import { Button } from './button.tsx'
import type { Undo } from './use-undo.ts'

/** Undo and redo of an editor. */
export function UndoButtons({
  edits,
}: {
  edits: Pick<Undo<unknown>, 'undo' | 'redo' | 'canUndo' | 'canRedo'>
}) {
  return (
    <>
      <Button small look="quiet" disabled={!edits.canUndo} onClick={edits.undo} title="Ctrl Z">
        Undo
      </Button>
      <Button small look="quiet" disabled={!edits.canRedo} onClick={edits.redo} title="Ctrl Shift Z">
        Redo
      </Button>
    </>
  )
}
