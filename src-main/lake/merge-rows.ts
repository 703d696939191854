import { SigmaError } from '#shared/errors.ts'
import type { RowColumns } from './tables.ts'

type Values = RowColumns[string]

/** Rows from … to − 1 of every column, without copying. */
export function sliceRows(rows: RowColumns, from: number, to: number): RowColumns {
  return Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, values.subarray(from, to)]))
}

/** Old and new rows in session order; a session that both have is the new one's. Both must be in session order. */
export function mergeBySession(older: RowColumns, newer: RowColumns): RowColumns {
  const replaced = new Set(sessionsOf(newer))
  const kept: number[] = []
  const olderSession = sessionsOf(older)
  for (let row = 0; row < olderSession.length; row++) if (!replaced.has(olderSession[row]!)) kept.push(row)
  if (kept.length === 0) return newer
  const newerSession = sessionsOf(newer)
  const order: number[] = []
  let next = 0
  for (const row of kept) {
    while (next < newerSession.length && newerSession[next]! < olderSession[row]!) order.push(-1 - next++)
    order.push(row)
  }
  while (next < newerSession.length) order.push(-1 - next++)
  return Object.fromEntries(
    Object.entries(newer).map(([name, values]) => [name, pick(older[name]!, values, order)]),
  )
}

/** Session column of a table. Throws INVALID_PARAM where sessions step back. */
export function sessionsOf(rows: RowColumns): Int32Array {
  const session = rows['session']
  if (!(session instanceof Int32Array))
    throw new SigmaError('INTERNAL', 'a table of the lake needs its session column')
  for (let row = 1; row < session.length; row++) {
    if (session[row]! < session[row - 1]!) {
      throw new SigmaError('INVALID_PARAM', `rows must be in time order, row ${row} is of an earlier session`)
    }
  }
  return session
}

/** Entry −1 − n of the order is row n of `newer`, any other is a row of `older`. */
function pick(older: Values, newer: Values, order: number[]): Values {
  const merged = new (newer.constructor as new (length: number) => Values)(order.length)
  for (let row = 0; row < order.length; row++) {
    const from = order[row]!
    merged[row] = from < 0 ? newer[-1 - from]! : older[from]!
  }
  return merged
}
