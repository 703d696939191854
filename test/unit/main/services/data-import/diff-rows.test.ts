import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Columns } from '#main/lake/columns.ts'
import {
  changesOf,
  diffRows,
  isApplied,
  undoRows,
  undoTakeover,
} from '#main/services/data-import/diff-rows.ts'
import { kinds } from '#main/services/data-import/kinds/index.ts'
import { emptyRows, type Rows } from '#main/services/data-import/rows.ts'

const kind = kinds.index

/** Levels by session and index, in order; some sessions, few values, so that tables meet. */
const levels: fc.Arbitrary<Rows> = fc
  .uniqueArray(fc.tuple(fc.nat(4), fc.nat(3), fc.integer({ min: 10, max: 12 })), {
    selector: ([session, level]) => `${session}/${level}`,
  })
  .map((list) => {
    const rows = emptyRows(kind.columns, list.length)
    list.sort((a, b) => a[0] - b[0] || a[1] - b[1])
    list.forEach((row, i) => {
      kind.columns.forEach((name, c) => {
        rows.values[name]![i] = row[c]!
      })
    })
    return rows
  })

const asMap = (rows: Rows) =>
  new Map(
    Array.from({ length: rows.length }, (_, i) => [
      `${rows.values['session']![i]}/${rows.values['level']![i]}`,
      rows.values['value']![i],
    ]),
  )
const read = (diff: ReturnType<typeof diffRows>) => changesOf(kind, diff) as Columns
const options = fc.record({ joins: fc.boolean(), overwrites: fc.boolean() })

it('a file joins rows of its source, or takes the place of those of another', () => {
  fc.assert(
    fc.property(levels, levels, options, (stored, fresh, how) => {
      const diff = diffRows(kind, fresh, stored, how)
      const [before, file] = [asMap(stored), asMap(fresh)]
      const wanted = new Map(how.joins ? before : [])
      for (const [name, value] of file) {
        if (!how.joins || how.overwrites || !before.has(name)) wanted.set(name, value)
      }
      const after = asMap(diff.after)
      expect([...after].sort()).toEqual([...wanted].sort())
      expect([...after.keys()]).toEqual([...after.keys()].sort())
      expect(diff.added).toBe([...after.keys()].filter((name) => !before.has(name)).length)
      expect(diff.dropped).toBe([...before.keys()].filter((name) => !after.has(name)).length)
      expect(diff.replaced).toBe(
        [...after].filter(([name, x]) => before.has(name) && before.get(name) !== x).length,
      )
      expect(diff.equal + diff.differing).toBe([...file.keys()].filter((name) => before.has(name)).length)
    }),
    { seed: 5 },
  )
})

it('an import undone leaves what was there before it, also the second time', () => {
  fc.assert(
    fc.property(levels, levels, options, (stored, fresh, how) => {
      const diff = diffRows(kind, fresh, stored, how)
      expect(isApplied(kind, diff.after, read(diff), !how.joins)).toBe(true)
      const undo = how.joins ? undoRows : undoTakeover
      const undone = undo(kind, diff.after, read(diff), 'VIX')
      expect(undone.before.values).toEqual(stored.values)
      expect([undone.removed, undone.restored]).toEqual(
        diff.added + diff.replaced + diff.dropped === 0 ? [0, 0] : [diff.added, diff.replaced + diff.dropped],
      )
      const again = undo(kind, undone.before, read(diff), 'VIX')
      expect(again.before.values).toEqual(stored.values)
      expect(again.removed + again.restored).toBe(0)
      if (diff.added + diff.replaced + diff.dropped > 0)
        expect(isApplied(kind, stored, read(diff), !how.joins)).toBe(false)
    }),
    { seed: 6 },
  )
})

it('undoing an import leaves alone what others added since, and refuses where they changed its rows', () => {
  fc.assert(
    fc.property(levels, levels, levels, (stored, fresh, later) => {
      const first = diffRows(kind, fresh, stored, { joins: true, overwrites: true })
      const second = diffRows(kind, later, first.after, { joins: true, overwrites: true })
      const touched = new Set([...asMap(first.in).keys()])
      const isChanged = [...asMap(second.in)].some(
        ([name, value]) => touched.has(name) && asMap(stored).get(name) !== value,
      )
      const undo = () => undoRows(kind, second.after, read(first), 'VIX')
      if (isChanged) expect(undo).toThrow(/^VIX at 20.* was changed since: undo what came later first$/)
      else {
        const added = [...asMap(second.after)].filter(([name]) => !asMap(first.after).has(name))
        const wanted = new Map([...asMap(stored), ...added])
        const left = asMap(undo().before)
        for (const [name, value] of second.replaced === 0 ? wanted : []) expect(left.get(name)).toBe(value)
      }
    }),
    { seed: 7 },
  )
})
