import { describe, expect, test } from 'vitest'
import { describeValue } from '#renderer/components/describe-value.ts'

describe('a value of a request', () => {
  test('reads as a person writes it, never as JSON', () => {
    expect(describeValue([13, 14, 15])).toBe('13, 14, 15')
    expect(describeValue(true)).toBe('yes')
    expect(describeValue({ kind: 'thr', value: '0.55,0.6', allowed_hours: null, splits: 5 })).toBe(
      'kind thr · value 0.55,0.6 · splits 5',
    )
  })

  test('shows a sha by its beginning, wherever it stands', () => {
    expect(describeValue({ matrix_sha: 'a'.repeat(64) })).toBe('matrix sha aaaaaaaaaa')
  })

  test('says that nothing is there', () => {
    expect([null, undefined, [], {}].map(describeValue)).toEqual(['–', '–', 'none', 'none'])
  })
})
