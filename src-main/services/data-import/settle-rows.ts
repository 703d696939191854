import { sessionCount } from '#shared/calendar/sessions.ts'
import { keyOrder, type Pause, type Rows, sameValues } from './rows.ts'

export interface Repeats {
  /** Rows that repeat an earlier one, and those of them with other values. */
  repeats: number
  differing: number
  differingRows: { line: number; reason: string }[]
}

interface SettleOptions {
  /** Columns that name a row. */
  key: readonly string[]
  /** The other columns that count: rows of one name may differ in them. */
  compared: readonly string[]
  /** Of two rows of one name the later counts, else the earlier. */
  keepsLast: boolean
  repeats: Repeats
  pause: Pause
}

const listed = 100

/** Puts rows of a file in order, in place, and leaves one of each name; what repeats is counted. */
export async function settleRows(rows: Rows, options: SettleOptions): Promise<void> {
  const { key, compared, keepsLast, repeats, pause } = options
  const order = await orderRows(rows, [...key, 'line'], pause)
  const line = rows.values['line']!
  const isSameKey = keyOrder(rows, rows, key)
  const isSame = sameValues(rows, rows, compared)
  const kept = new Uint32Array(rows.length)
  let length = 0
  for (let i = 0; i < rows.length; i++) {
    const row = order === null ? i : order[i]!
    const before = length === 0 ? -1 : kept[length - 1]!
    if (before < 0 || isSameKey(before, row) !== 0) {
      kept[length++] = row
      continue
    }
    repeats.repeats++
    if (isSame(before, row)) continue
    repeats.differing++
    note(repeats, line[row]!, line[before]!, keepsLast)
    if (keepsLast) kept[length - 1] = row
  }
  if (order === null && length === rows.length) return
  const scratch = new Float64Array(length)
  for (const column of Object.values(rows.values)) {
    for (let i = 0; i < length; i++) scratch[i] = column[kept[i]!]!
    column.set(scratch)
    await pause()
  }
  rows.length = length
}

/** Keeps the first hundred by line, in whatever order they are found. */
function note(repeats: Repeats, line: number, earlier: number, keepsLast: boolean): void {
  const kept = keepsLast ? 'this one' : `line ${earlier}`
  repeats.differingRows.push({
    line,
    reason: `repeats line ${earlier} with other values: ${kept} counts`,
  })
  if (repeats.differingRows.length >= 10 * listed) firstRepeats(repeats)
}

/** The first hundred repeats with other values, by line. */
export function firstRepeats({ differingRows }: Repeats): Repeats['differingRows'] {
  differingRows.sort((a, b) => a.line - b.line)
  differingRows.length = Math.min(differingRows.length, listed)
  return differingRows
}

/** Numbers of the rows in the order of session and key; null where they are in it already. */
async function orderRows(rows: Rows, key: readonly string[], pause: Pause): Promise<Uint32Array | null> {
  const { length } = rows
  const session = rows.values['session']!
  const compare = keyOrder(rows, rows, ['session', ...key])
  let isOrdered = true
  for (let row = 1; row < length && isOrdered; row++) isOrdered = compare(row - 1, row) <= 0
  if (isOrdered) return null

  // By session without a comparison, so that what is left to sort are a few rows at a time.
  const start = new Uint32Array(sessionCount + 1)
  for (let row = 0; row < length; row++) start[session[row]! + 1]!++
  for (let each = 0; each < sessionCount; each++) start[each + 1]! += start[each]!
  const order = new Uint32Array(length)
  const next = start.slice()
  for (let row = 0; row < length; row++) order[next[session[row]!]!++] = row
  for (let each = 0; each < sessionCount; each++) {
    if (start[each + 1]! - start[each]! < 2) continue
    order.subarray(start[each], start[each + 1]).sort(compare)
    await pause()
  }
  return order
}
