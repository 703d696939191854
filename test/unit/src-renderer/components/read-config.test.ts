import { expect, it } from 'vitest'
import { featuresOf, labelChange, labelOf } from '#renderer/components/read-config.ts'
import { resolveLabel } from '#shared/catalog/labels/resolve.ts'

it('reads and changes a label in each of the spellings that configs have', () => {
  const spellings = [
    'triple_barrier',
    { type: 'triple_barrier', pt: 2 },
    { kind: 'triple_barrier', params: { pt: 2 } },
  ]
  for (const block of spellings) {
    const label = labelOf(block)
    expect(label.type).toBe('triple_barrier')
    const change = labelChange(block, label, { pt: 3 }) as { params?: object }
    const now = typeof block === 'string' ? {} : block
    const merged = 'params' in change ? { ...now, params: { ...change.params } } : { ...now, ...change }
    expect(resolveLabel(merged).params).toMatchObject({ pt: 3 })
  }
})

it('edits plain lists of features alone', () => {
  expect(featuresOf(undefined)).toEqual([])
  expect(featuresOf(['rsi__period=14'])).toEqual(['rsi__period=14'])
  expect(featuresOf([{ name: 'rsi' }])).toBeNull()
  expect(featuresOf({ columns: [] })).toBeNull()
})
