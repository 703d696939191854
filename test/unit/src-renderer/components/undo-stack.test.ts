import { expect, it } from 'vitest'
import { record, redo, startUndo, undo } from '#renderer/components/undo-stack.ts'

it('goes back and forth through changes, and forgets what was undone once something new is done', () => {
  let stack = record(record(startUndo('a'), 'b'), 'c')
  stack = undo(undo(stack))
  expect(stack.now).toBe('a')
  expect(undo(stack)).toBe(stack)
  stack = redo(stack)
  expect(stack.now).toBe('b')
  stack = record(stack, 'd')
  expect(redo(stack)).toBe(stack)
  expect(undo(stack).now).toBe('b')
})

it('takes changes of one part in a row as one step, and not over another change or an undo', () => {
  let stack = record(record(startUndo(''), 'a', 'typing'), 'ab', 'typing')
  stack = record(stack, 'ab!', 'form')
  stack = record(stack, 'ab!c', 'typing')
  expect(undo(stack).now).toBe('ab!')
  expect(undo(undo(stack)).now).toBe('ab')
  expect(undo(undo(undo(stack))).now).toBe('')
  stack = record(undo(stack), 'x', 'typing')
  expect(undo(stack).now).toBe('ab!')
})

it('holds a state that is undefined as any other', () => {
  const stack = record(startUndo<number | undefined>(undefined), 1)
  expect(undo(stack).now).toBeUndefined()
  expect(redo(undo(stack)).now).toBe(1)
})
