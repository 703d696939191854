import type { Columns, WritableColumns } from '#main/lake/columns.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ImportKind } from './kinds/define-kind.ts'
import { emptyRows, filterRows, keyOrder, pickRows, type Rows, sameValues, sortRows } from './rows.ts'

export interface DiffCounts {
  added: number
  replaced: number
  dropped: number
  /** Rows that the series has with the same and with other values. */
  equal: number
  differing: number
}

/** What becomes of a part of a series: rows that go out of it and rows that come in. */
export interface Diff extends DiffCounts {
  after: Rows
  out: Rows
  in: Rows
}

const none = -1

/** Pairs rows of two tables, both in order, by their names; `none` where one side has no such row. */
function* pairRows(a: Rows, b: Rows, key: readonly string[]): Generator<[i: number, j: number]> {
  const compare = keyOrder(a, b, key)
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const order = i === a.length ? 1 : j === b.length ? -1 : compare(i, j)
    yield order < 0 ? [i++, none] : order > 0 ? [none, j++] : [i++, j++]
  }
}

/** Picks rows one after the other out of several tables, at most as many as these have together. */
function createPicker(tables: readonly Rows[], names: readonly string[]) {
  const most = tables.reduce((sum, { length }) => sum + length, 0)
  const from = new Uint16Array(most)
  const at = new Uint32Array(most)
  let length = 0
  return {
    take(table: number, row: number) {
      from[length] = table
      at[length++] = row
    },
    rows: () => pickRows(tables, names, from.subarray(0, length), at.subarray(0, length)),
  }
}

/**
 * Lays a file's rows over those that are stored: of the same source they join them, of another they take their place.
 * @param told the rows as the file says them, before anything was computed
 */
export function diffRows(
  kind: ImportKind,
  fresh: Rows,
  stored: Rows,
  { joins, overwrites }: { joins: boolean; overwrites: boolean },
  told = fresh,
): Diff {
  const { columns, key, computed } = kind
  // Most parts are new: nothing to compare with, and nothing to copy.
  if (stored.length === 0) {
    const counts = { added: fresh.length, replaced: 0, dropped: 0, equal: 0, differing: 0 }
    return { ...counts, after: fresh, out: stored, in: fresh }
  }
  const known = sortRows(stored, key)
  const tables = [known, fresh]
  const isEqual = sameValues(known, told, columns, computed)
  const after = createPicker(tables, columns)
  const out = createPicker(tables, columns)
  const into = createPicker(tables, columns)
  const counts: DiffCounts = { added: 0, replaced: 0, dropped: 0, equal: 0, differing: 0 }
  for (const [old, next] of pairRows(known, fresh, key)) {
    if (next === none) {
      if (!joins) counts.dropped++
      after.take(0, old)
    } else if (old === none) {
      counts.added++
      into.take(1, next)
      after.take(1, next)
    } else if (isEqual(old, next)) {
      counts.equal++
      after.take(0, old)
    } else {
      counts.differing++
      const isReplaced = !joins || overwrites
      if (isReplaced) {
        counts.replaced++
        out.take(0, old)
        into.take(1, next)
      }
      after.take(isReplaced ? 1 : 0, isReplaced ? next : old)
    }
  }
  // What is taken over is kept whole and in its own order, which need not be ours, so that it comes back to the byte.
  if (!joins) return { ...counts, after: fresh, out: stored, in: fresh }
  return { ...counts, after: after.rows(), out: out.rows(), in: into.rows() }
}

/** The rows that go and come as one table. */
export function changesOf({ columns }: ImportKind, diff: Pick<Diff, 'out' | 'in'>): WritableColumns {
  const { length } = diff.out
  if (length === 0) {
    const rows = Object.fromEntries(columns.map((name) => [name, diff.in.values[name]!]))
    return { ...rows, is_new: new Uint8Array(diff.in.length).fill(1) }
  }
  const isNew = new Uint8Array(length + diff.in.length).fill(1, length)
  const at = Uint32Array.from(isNew, (_, i) => (i < length ? i : i - length))
  const rows = pickRows([diff.out, diff.in], columns, Uint16Array.from(isNew), at)
  return { ...rows.values, is_new: isNew }
}

/** A part of a series before an import, and how many rows go and come back. Throws CONFLICT where a row was changed since. */
export function undoRows(
  kind: ImportKind,
  stored: Rows,
  changes: Columns,
  name: string,
): { before: Rows; removed: number; restored: number; touched: number } {
  const { out, into } = readChanges(kind, changes)
  const { columns, key } = kind
  const tables = [stored, out]
  const before = createPicker(tables, columns)
  const isOut = sameValues(stored, out, columns)
  const isIn = sameValues(stored, into, columns)
  const counts = { removed: 0, restored: 0 }
  // Names that the import touched, with its row of either side.
  const sides: [out: number, into: number][] = []
  const names = createPicker([out, into], columns)
  for (const [o, i] of pairRows(out, into, key)) {
    sides.push([o, i])
    names.take(o === none ? 1 : 0, o === none ? i : o)
  }
  const touched = names.rows()
  for (const [now, change] of pairRows(stored, touched, key)) {
    const [old, next] = change === none ? [none, none] : sides[change]!
    // Untouched, or already what it was: a crash may have come before the undo was noted.
    if (change === none || (now === none ? old === none : old !== none && isOut(now, old))) {
      if (now !== none) before.take(0, now)
      continue
    }
    if (now === none ? next !== none : next === none || !isIn(now, next)) {
      const when = new Date(kind.tsOf(touched, change)).toISOString()
      throw new SigmaError('CONFLICT', `${name} at ${when} was changed since: undo what came later first`)
    }
    if (old === none) counts.removed++
    else {
      counts.restored++
      before.take(1, old)
    }
  }
  return { before: before.rows(), ...counts, touched: touched.length }
}

/** As `undoRows`, of a part that an import took over from another source. */
export function undoTakeover(
  kind: ImportKind,
  stored: Rows,
  changes: Columns,
  name: string,
): ReturnType<typeof undoRows> {
  const { out, into } = readChanges(kind, changes)
  const touched = out.length + into.length
  if (isSameTable(stored, out, kind.columns)) return { before: out, removed: 0, restored: 0, touched }
  if (!isSameTable(stored, into, kind.columns)) {
    throw new SigmaError('CONFLICT', `${name} was changed since: undo what came later first`)
  }
  const { added, dropped, replaced } = diffRows(kind, into, out, { joins: false, overwrites: true })
  return { before: out, removed: added, restored: dropped + replaced, touched }
}

/** True where a part is as an import left it. */
export function isApplied(kind: ImportKind, stored: Rows, changes: Columns, isTakeover: boolean): boolean {
  if (isTakeover) return isSameTable(stored, readChanges(kind, changes).into, kind.columns)
  try {
    const { removed, restored, touched } = undoRows(kind, stored, changes, '')
    return removed + restored === touched
  } catch {
    return false
  }
}

function isSameTable(a: Rows, b: Rows, names: readonly string[]): boolean {
  const isSame = sameValues(a, b, names)
  return a.length === b.length && Array.from({ length: a.length }).every((_, row) => isSame(row, row))
}

function readChanges({ columns }: ImportKind, changes: Columns): { out: Rows; into: Rows } {
  const isNew = changes['is_new'] as Uint8Array
  const rows = emptyRows([], 0)
  rows.length = isNew.length
  for (const name of columns) rows.values[name] = changes[name] as Float64Array
  return {
    out: filterRows(rows, (row) => isNew[row] === 0),
    into: filterRows(rows, (row) => isNew[row] === 1),
  }
}
