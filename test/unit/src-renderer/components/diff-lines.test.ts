import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countChanges, diffLines, foldDiff, mergeEdits } from '#renderer/components/diff-lines.ts'

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'a: 1', ''), { maxLength: 12 })
  .map((lines) => lines.join('\n'))
const side = (before: string, after: string, gone: 'removed' | 'added') =>
  diffLines(before, after)
    .filter(({ kind }) => kind !== gone)
    .map((line) => line.text)
    .join('\n')

describe('a diff of two texts', () => {
  it('holds both of them whole, with the numbers of their lines', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(side(before, after, 'added')).toBe(before)
        expect(side(before, after, 'removed')).toBe(after)
        const numbers = diffLines(before, after).flatMap((line) => line.after ?? [])
        expect(numbers).toEqual(after.split('\n').map((_, i) => i + 1))
      }),
    )
  })

  it('keeps as many lines as can be kept', () => {
    // The longest common subsequence by trying every subset of the shorter text.
    const longest = (a: string[], b: string[]): number => {
      let best = 0
      for (let mask = 0; mask < 1 << a.length; mask++) {
        const part = a.filter((_, i) => mask & (1 << i))
        let at = 0
        for (const line of b) if (at < part.length && line === part[at]) at++
        if (at === part.length) best = Math.max(best, part.length)
      }
      return best
    }
    fc.assert(
      fc.property(text, text, (before, after) => {
        const a = before.split('\n').slice(0, 8)
        const b = after.split('\n')
        const kept = diffLines(a.join('\n'), after).filter(({ kind }) => kind === 'same')
        expect(kept).toHaveLength(longest(a, b))
      }),
      { numRuns: 60 },
    )
  })

  it('shows a change with three lines around it, and gaps between', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`)
    const changed = lines.with(10, 'changed')
    const diff = diffLines(lines.join('\n'), changed.join('\n'))
    expect(countChanges(diff)).toEqual({ added: 1, removed: 1 })
    const folded = foldDiff(diff)
    expect(folded.map((line) => line?.text ?? null)).toEqual([
      null,
      ...['line 7', 'line 8', 'line 9', 'line 10', 'changed', 'line 11', 'line 12', 'line 13'],
      null,
    ])
  })
})

describe('two edits of one text', () => {
  const base = 'a\nb\nc\nd\ne\nf\ng'

  it('come together where they are apart, in either order', () => {
    const mine = base.replace('b', 'B')
    const theirs = base.replace('f', 'F\nF2')
    expect(mergeEdits(base, mine, theirs)).toBe('a\nB\nc\nd\ne\nF\nF2\ng')
    expect(mergeEdits(base, theirs, mine)).toBe('a\nB\nc\nd\ne\nF\nF2\ng')
  })

  it('do not come together where they touch the same or neighbouring lines', () => {
    expect(mergeEdits(base, base.replace('b', 'B'), base.replace('b', 'X'))).toBeNull()
    expect(mergeEdits(base, base.replace('b', 'B'), base.replace('c', 'C'))).toBeNull()
  })

  it('are one where both say the same', () => {
    const same = base.replace('d', 'D')
    expect(mergeEdits(base, same, same)).toBe(same)
  })

  it('lose nothing: whoever changed nothing gets the other text', () => {
    fc.assert(
      fc.property(text, text, (from, to) => {
        expect(mergeEdits(from, to, from)).toBe(to)
        expect(mergeEdits(from, from, to)).toBe(to)
      }),
    )
  })
})
