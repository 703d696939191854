import { type FileHandle, open, rm } from 'node:fs/promises'
import { emptyRows, type Pause, type Rows } from './rows.ts'
import { type Repeats, settleRows } from './settle-rows.ts'

/** Rows in memory beyond which they go to the disk. */
const budgetBytes = 32 * 1024 * 1024

export interface RowTableOptions {
  columns: readonly string[]
  key: readonly string[]
  keepsLast: boolean
  /** Complete when all sessions have been loaded. */
  repeats: Repeats
  /** Where rows go that memory has no room for. */
  spillPath: string
  pause: Pause
  /** For tests; what the budget holds unless given. */
  capacity?: number
}

/**
 * Rows of a file in whatever order they come, in bounded memory: when it is full they are put in order and repeats merged, and
 * where that makes no room they go to a file, session by session. A series that the calendar bounds never gets there.
 */
export interface RowTable {
  /** Takes the row that stands in `row`. */
  row: Float64Array
  put: (line: number) => void
  /** Between pieces of the file. */
  makeRoom: () => Promise<void>
  finish: () => Promise<void>
  /** After `finish`, ascending. */
  sessions: () => number[]
  /** After `finish`: the rows of some sessions in order, one of each name. */
  load: (firstSession: number, lastSession: number) => Promise<Rows>
  close: () => Promise<void>
}

/** Rows that were written together: each session's stand together. */
interface Run {
  offset: number
  length: number
  session: Int32Array
  /** First row of each session, and the number of rows. */
  start: Int32Array
}

export function createRowTable(options: RowTableOptions): RowTable {
  const { columns, key, keepsLast, repeats, spillPath, pause } = options
  const names = [...columns, 'line']
  const compared = columns.filter((name) => !key.includes(name))
  const capacity = options.capacity ?? Math.floor(budgetBytes / (8 * names.length))
  const row = new Float64Array(columns.length)
  const runs: Run[] = []
  let rows = emptyRows(names, capacity)
  rows.length = 0
  let held = Object.values(rows.values)
  let size = capacity
  let file: FileHandle | undefined

  const settle = (some: Rows) => settleRows(some, { key, compared, keepsLast, repeats, pause })

  /** A piece of short lines may hold more rows than there is room for. */
  function grow(): void {
    size *= 2
    const larger = emptyRows(names, size)
    for (const name of names) larger.values[name]!.set(rows.values[name]!)
    larger.length = rows.length
    rows = larger
    held = Object.values(rows.values)
  }

  function put(line: number): void {
    if (rows.length === size) grow()
    for (let c = 0; c < row.length; c++) held[c]![rows.length] = row[c]!
    held[row.length]![rows.length] = line
    rows.length++
  }

  async function spill(): Promise<void> {
    file ??= await open(spillPath, 'wx+', 0o600)
    let offset = runs.reduce((sum, run) => sum + run.length * names.length * 8, 0)
    runs.push({ offset, length: rows.length, ...startsOf(rows) })
    for (const column of held) {
      const bytes = Buffer.from(column.buffer, 0, rows.length * 8)
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await file.write(
          bytes,
          at,
          Math.min(bytes.length - at, 1 << 20),
          offset + at,
        )
        at += bytesWritten
        await pause()
      }
      offset += bytes.length
    }
    rows.length = 0
  }

  /** Rows from … to − 1 of a run, to row `first` of a table. */
  async function read(run: Run, from: number, to: number, some: Rows, first: number): Promise<void> {
    for (const [c, name] of names.entries()) {
      const bytes = Buffer.from(some.values[name]!.buffer, first * 8, (to - from) * 8)
      const offset = run.offset + (c * run.length + from) * 8
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await file!.read(bytes, at, Math.min(bytes.length - at, 1 << 20), offset + at)
        at += bytesRead
        await pause()
      }
    }
  }

  return {
    row,
    put,
    async makeRoom() {
      if (rows.length < capacity * 0.9) return
      await settle(rows)
      if (rows.length > capacity / 2) await spill()
    },
    async finish() {
      await settle(rows)
      if (runs.length === 0) {
        runs.push({ offset: 0, length: rows.length, ...startsOf(rows) })
        return
      }
      await spill()
      rows = emptyRows(names)
      held = []
    },
    sessions: () => [...new Set(runs.flatMap(({ session }) => [...session]))].sort((a, b) => a - b),
    async load(firstSession, lastSession) {
      const slices = runs.map(({ session, start }) => ({
        from: start[lowerBound(session, firstSession)]!,
        to: start[lowerBound(session, lastSession + 1)]!,
      }))
      const length = slices.reduce((sum, { from, to }) => sum + to - from, 0)
      const some = emptyRows(names, length)
      let first = 0
      for (const [r, { from, to }] of slices.entries()) {
        if (file !== undefined) await read(runs[r]!, from, to, some, first)
        else for (const name of names) some.values[name]!.set(rows.values[name]!.subarray(from, to))
        first += to - from
      }
      if (slices.filter(({ from, to }) => to > from).length < 2) return some
      await settle(some)
      // What repeats left behind is no row of the table.
      for (const name of names) some.values[name] = some.values[name]!.subarray(0, some.length)
      return some
    },
    async close() {
      await file?.close()
      await rm(spillPath, { force: true })
    },
  }
}

function startsOf({ length, values }: Rows): Pick<Run, 'session' | 'start'> {
  const session = values['session']!
  const sessions: number[] = []
  const start: number[] = []
  for (let row = 0; row < length; row++) {
    if (row > 0 && session[row] === session[row - 1]) continue
    sessions.push(session[row]!)
    start.push(row)
  }
  return { session: Int32Array.from(sessions), start: Int32Array.from([...start, length]) }
}

/** First place whose value is not below `value`; the length where there is none. */
function lowerBound(sorted: Int32Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}
