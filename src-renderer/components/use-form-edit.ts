import { useEffect, useRef } from 'react'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { FileEdit } from './use-file-edit.ts'

type Changes = Record<string, unknown>

/**
 * Merges what a form changes into the text beside it. The host merges, so that comments and order stay as with any other edit; one
 * change at a time, and each on the text that the one before gave.
 */
export function useFormEdit(
  { edits }: FileEdit,
  merge: (text: string, changes: Changes) => Promise<{ text: string }>,
): (changes: Changes) => void {
  const text = useRef(edits.now)
  const turn = useRef<Promise<void>>(Promise.resolve())
  const push = useToasts((store) => store.push)
  useEffect(() => {
    text.current = edits.now
  }, [edits.now])
  return (changes) => {
    const run = async () => {
      const before = text.current
      const merged = await merge(before, changes)
      // Somebody typed in the text while the host merged: typing wins, and the form shows what it says.
      if (text.current !== before) return
      text.current = merged.text
      edits.set(merged.text, `form ${pathOf(changes)}`)
    }
    turn.current = turn.current.then(run).catch((error: unknown) => {
      push({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
    })
  }
}

/** Which value a change is of: typing on in one input is one step of undo. */
function pathOf(changes: Changes): string {
  return Object.entries(changes)
    .map(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? `${key}.${pathOf(value as Changes)}`
        : key,
    )
    .join()
}
