/** Rows of a table, column beside column, in the order of session and key unless said otherwise. */
export interface Rows {
  length: number
  values: Record<string, Float64Array>
}

/** Lets the host answer and a cancel through, now and then. */
export type Pause = () => Promise<void>

export function emptyRows(names: readonly string[], length = 0): Rows {
  return { length, values: Object.fromEntries(names.map((name) => [name, new Float64Array(length)])) }
}

/** The columns `names` of rows picked from several tables: row i is row `at[i]` of table `from[i]`. */
export function pickRows(
  tables: readonly Rows[],
  names: readonly string[],
  from: Uint16Array,
  at: Uint32Array,
): Rows {
  const picked = emptyRows(names, at.length)
  for (const name of names) {
    const columns = tables.map(({ values }) => values[name]!)
    const out = picked.values[name]!
    for (let i = 0; i < at.length; i++) out[i] = columns[from[i]!]![at[i]!]!
  }
  return picked
}

/** Rows for which `isKept` holds. */
export function filterRows(rows: Rows, isKept: (row: number) => boolean): Rows {
  const at: number[] = []
  for (let row = 0; row < rows.length; row++) if (isKept(row)) at.push(row)
  if (at.length === rows.length) return rows
  return pickRows([rows], Object.keys(rows.values), new Uint16Array(at.length), Uint32Array.from(at))
}

/** Where a row of one table stands beside a row of another in the order of the key: negative before, 0 at the same place. */
export function keyOrder(a: Rows, b: Rows, key: readonly string[]): (i: number, j: number) => number {
  const left = key.map((name) => a.values[name]!)
  const right = key.map((name) => b.values[name]!)
  return (i, j) => {
    for (let k = 0; k < left.length; k++) {
      const difference = left[k]![i]! - right[k]![j]!
      if (difference !== 0) return difference
    }
    return 0
  }
}

/**
 * True where two rows have the same values in the columns `names`, missing ones included; but in the columns `silent` a missing
 * value of `b` says nothing.
 */
export function sameValues(
  a: Rows,
  b: Rows,
  names: readonly string[],
  silent: readonly string[] = [],
): (i: number, j: number) => boolean {
  const left = names.map((name) => a.values[name]!)
  const right = names.map((name) => b.values[name]!)
  const isSilent = names.map((name) => silent.includes(name))
  return (i, j) =>
    left.every(
      (column, c) => Object.is(column[i], right[c]![j]) || (isSilent[c]! && Number.isNaN(right[c]![j]!)),
    )
}

/** Rows in the order of their key; the same rows where they are in it. */
export function sortRows(rows: Rows, key: readonly string[]): Rows {
  const compare = keyOrder(rows, rows, key)
  let isOrdered = true
  for (let row = 1; row < rows.length && isOrdered; row++) isOrdered = compare(row - 1, row) <= 0
  if (isOrdered) return rows
  const at = Uint32Array.from({ length: rows.length }, (_, row) => row).sort(compare)
  return pickRows([rows], Object.keys(rows.values), new Uint16Array(at.length), at)
}
