import { type KeyboardEvent, useMemo, useState } from 'react'
import { record, redo, startUndo, type UndoStack, undo } from './undo-stack.ts'

export interface Undo<T> {
  now: T
  set: (next: T, part?: string | null) => void
  undo: () => void
  redo: () => void
  /** Forgets the steps and starts from a state. */
  restart: (now: T) => void
  canUndo: boolean
  canRedo: boolean
  /** Ctrl-Z and Ctrl-Shift-Z (or Y) of whatever holds the editor. */
  onKeyDown: (event: KeyboardEvent) => void
}

/** A state with undo, for editors whose changes come from more than one place. */
export function useUndo<T>(first: T): Undo<T> {
  const [stack, setStack] = useState<UndoStack<T>>(() => startUndo(first))
  return useMemo(
    () => ({
      now: stack.now,
      set: (next, part = null) => setStack((before) => record(before, next, part)),
      undo: () => setStack(undo),
      redo: () => setStack(redo),
      restart: (now) => setStack(startUndo(now)),
      canUndo: stack.past.length > 0,
      canRedo: stack.future.length > 0,
      onKeyDown: (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.altKey) return
        const key = event.key.toLowerCase()
        if (key !== 'z' && key !== 'y') return
        event.preventDefault()
        setStack(key === 'y' || event.shiftKey ? redo : undo)
      },
    }),
    [stack],
  )
}
