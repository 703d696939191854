/** States that somebody went through, with the one that holds now among them. */
export interface UndoStack<T> {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
  /** What the last change was part of: changes of one part in a row are one step. */
  readonly part: string | null
}

const MOST_STEPS = 200

export const startUndo = <T>(now: T): UndoStack<T> => ({ past: [], now, future: [], part: null })

/** Goes on to a state. A change of the same part as the one before is the same step. */
export function record<T>(stack: UndoStack<T>, now: T, part: string | null = null): UndoStack<T> {
  if (Object.is(now, stack.now)) return stack
  if (part !== null && part === stack.part) return { ...stack, now, future: [] }
  return { past: [...stack.past, stack.now].slice(-MOST_STEPS), now, future: [], part }
}

export function undo<T>(stack: UndoStack<T>): UndoStack<T> {
  const now = stack.past.at(-1)
  if (stack.past.length === 0) return stack
  return { past: stack.past.slice(0, -1), now: now as T, future: [stack.now, ...stack.future], part: null }
}

export function redo<T>(stack: UndoStack<T>): UndoStack<T> {
  const [now, ...future] = stack.future
  if (stack.future.length === 0) return stack
  return { past: [...stack.past, stack.now], now: now as T, future, part: null }
}
