import type { Columns, WritableColumns } from '#main/lake/columns.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import {
  type BarGrid,
  barColumns,
  barsOfGrid,
  boundsOf,
  createGrid,
  type ImportCadence,
  placeAt,
  placeOfBar,
} from './bar-grid.ts'

/** What an import does to a series, bar by bar. */
export interface ChangeSet {
  after: BarSeries
  added: number
  replaced: number
  dropped: number
  /** Bars that the series has with the same and with other values. */
  equal: number
  differing: number
  /** One row for each bar that changes: its values before and after, and which of the two there are. */
  changes: WritableColumns
}

export interface Stored {
  source: string
  bars: BarSeries
}

/** Lays a file's bars over a series: of the same source they join it, of another they take its place. The grid is used up. */
export function planChanges(
  grid: BarGrid,
  stored: Stored | undefined,
  { source, overwrites }: { source: string; overwrites: boolean },
): ChangeSet {
  const storedAt = stored ? placesOf(stored.bars, grid) : new Int32Array(grid.line.length)
  const joins = stored?.source === source
  const changed: number[] = []
  const counts = { added: 0, replaced: 0, dropped: 0, equal: 0, differing: 0 }
  const keep: number[] = []
  for (let place = 0; place < grid.line.length; place++) {
    const isNew = grid.line[place] !== 0
    const isStored = storedAt[place] !== 0
    if (!isNew && !isStored) continue
    if (!isNew) {
      if (joins) keep.push(place)
      else {
        counts.dropped++
        changed.push(place)
      }
    } else if (!isStored) {
      counts.added++
      changed.push(place)
    } else if (isEqual(grid, place, stored!.bars, storedAt[place]! - 1)) counts.equal++
    else {
      counts.differing++
      if (joins && !overwrites) keep.push(place)
      else {
        counts.replaced++
        changed.push(place)
      }
    }
  }
  const changes = changesOf(grid, stored?.bars, storedAt, changed)
  for (const place of keep) copyBar(grid, place, stored!.bars, storedAt[place]! - 1)
  return { ...counts, after: barsOfGrid(grid, (place) => grid.line[place] !== 0), changes }
}

/** A series before an import, and how many bars go and come back. Throws CONFLICT where a bar was changed since. */
export function undoChanges(
  stored: Stored | undefined,
  changes: Columns,
  cadence: ImportCadence,
  name: string,
): { before: BarSeries; removed: number; restored: number } {
  const grid = createGrid(cadence)
  if (stored) for (const [place, row] of rowsOf(stored.bars, grid)) copyBar(grid, place, stored.bars, row)
  const ts = changes['ts'] as Float64Array
  const session = changes['session'] as Int32Array
  const hasOld = changes['has_old'] as Uint8Array
  const hasNew = changes['has_new'] as Uint8Array
  const column = (when: 'old' | 'new', each: string) => changes[`${when}_${each}`] as Float64Array
  const sides = {
    old: barColumns.map((each) => column('old', each)),
    new: barColumns.map((each) => column('new', each)),
  }
  const isNow = (place: number, row: number, has: Uint8Array, values: Float64Array[]) =>
    has[row] === 0
      ? grid.line[place] === 0
      : grid.line[place] !== 0 && barColumns.every((each, c) => Object.is(grid[each][place], values[c]![row]))
  let removed = 0
  let restored = 0
  for (let row = 0; row < ts.length; row++) {
    const place = cadence === 'daily' ? session[row]! : placeAt(ts[row]!, 'close', cadence)
    // A crash may have come before the lake was written: then the bar is already what it was.
    if (isNow(place, row, hasOld, sides.old)) continue
    if (!isNow(place, row, hasNew, sides.new)) {
      const when = new Date(ts[row]!).toISOString()
      throw new SigmaError('CONFLICT', `${name} at ${when} was changed since: undo what came later first`)
    }
    if (hasOld[row] === 0) removed++
    else restored++
    grid.line[place] = hasOld[row]!
    barColumns.forEach((each, c) => {
      grid[each][place] = sides.old[c]![row]!
    })
  }
  return { before: barsOfGrid(grid, (place) => grid.line[place] !== 0), removed, restored }
}

/** True where every bar of the change set is as the import left it. */
export function isApplied(stored: Stored | undefined, changes: Columns, cadence: ImportCadence): boolean {
  try {
    const count = (changes['ts'] as Float64Array).length
    const { removed, restored } = undoChanges(stored, changes, cadence, '')
    return removed + restored === count
  } catch {
    return false
  }
}

function changesOf(
  grid: BarGrid,
  bars: BarSeries | undefined,
  storedAt: Int32Array,
  places: number[],
): WritableColumns {
  const count = places.length
  const out: Record<string, WritableColumns[string]> = {}
  const ts = new Float64Array(count)
  const session = new Int32Array(count)
  places.forEach((place, row) => {
    const bounds = boundsOf(place, grid.cadence)
    ts[row] = bounds.ts
    session[row] = bounds.session
  })
  out['ts'] = { kind: 'integer', values: ts }
  out['session'] = session
  out['has_old'] = Uint8Array.from(places, (place) => (storedAt[place] === 0 ? 0 : 1))
  out['has_new'] = Uint8Array.from(places, (place) => (grid.line[place] === 0 ? 0 : 1))
  for (const name of barColumns) {
    out[`old_${name}`] = Float64Array.from(places, (place) =>
      storedAt[place] === 0 ? Number.NaN : bars![name][storedAt[place]! - 1]!,
    )
    out[`new_${name}`] = Float64Array.from(places, (place) =>
      grid.line[place] === 0 ? Number.NaN : grid[name][place]!,
    )
  }
  return out
}

/** Per place the row of a series plus one, 0 for none. */
function placesOf(bars: BarSeries, grid: BarGrid): Int32Array {
  const at = new Int32Array(grid.line.length)
  for (const [place, row] of rowsOf(bars, grid)) at[place] = row + 1
  return at
}

function* rowsOf(bars: BarSeries, grid: BarGrid): Generator<[place: number, row: number]> {
  for (let row = 0; row < bars.length; row++) {
    const place = placeOfBar(bars, row, grid.cadence)
    if (place < 0) {
      const when = new Date(bars.ts[row]!).toISOString()
      throw new SigmaError(
        'CONFLICT',
        `the series has a bar at ${when} that is off the grid of ${grid.cadence} bars`,
      )
    }
    yield [place, row]
  }
}

function isEqual(grid: BarGrid, place: number, bars: BarSeries, row: number): boolean {
  return barColumns.every((name) => Object.is(grid[name][place], bars[name][row]))
}

function copyBar(grid: BarGrid, place: number, bars: BarSeries, row: number): void {
  grid.line[place] = 1
  for (const name of barColumns) grid[name][place] = bars[name][row]!
}
