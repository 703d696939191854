import type { SeriesKey } from '#main/lake/series-files.ts'
import type { RowColumns } from '#main/lake/tables.ts'
import type { ImportReport } from '#shared/contract/data.ts'
import type { ImportField, ImportKindId } from '#shared/contract/import-kinds.ts'
import type { ImportCadence } from '../bar-places.ts'
import type { LineReader, Positions } from '../line-reader.ts'
import type { Pause, Rows } from '../rows.ts'
import type { Repeats } from '../settle-rows.ts'

/** What an import is of. */
export interface ImportTarget {
  ticker: string
  /** Of bars, null for everything else. */
  cadence: ImportCadence | null
}

export interface ScanContext extends ImportTarget {
  at: Positions
  line: LineReader
  barTime: 'open' | 'close'
  /** Price of the underlying at an instant as the lake knows it, NaN where it does not. */
  spotAt: (ts: number) => number
  counts: ScanCounts
  /** The row to fill, column by column, and to put into the table. */
  row: Float64Array
  put: () => void
  /** Notes the session of the line: where it is bad, sums over its session would be too small. */
  ofSession: (session: number) => void
}

/** What a scan has counted so far. */
export interface ScanCounts extends Repeats {
  rows: number
  bad: number
  badRows: { line: number; reason: string }[]
  outsideSession: number
  otherTickers: number
  otherTicker: string
  otherExpiries: number
  /** Bad rows whose session is unknown, and the line of the first. */
  unplaced: number
  unplacedLine: number
  /** Sessions with a bad row. */
  badSessions: Set<number>
  misaligned: number
  halfPast: number
  /** Rows of the clock hour 9 that begin before the opening. */
  earlyHours: number
  /** Rows with nothing to store: minutes without a trade. */
  empty: number
  /** What a kind has to say about many rows at once, with how many. */
  notes: Map<string, number>
}

/** How rows fill a session, so that holes show. */
export interface SlotRule {
  perSession: number
  slotOf: (rows: Rows, row: number) => number
  /** Slots of a session that ought to be filled; null where those count that at least half of the file's sessions have. */
  expectedIn: ((session: number) => number) | null
}

export interface Inspection {
  jumps: ImportReport['jumps']
  /** Why a file cannot be what it is said to be; a commit is refused. */
  problems: string[]
}

/** Looks at the rows of a file, part by part in time order. */
export interface Inspector {
  add: (rows: Rows) => void
  /** @param good how many rows there were */
  find: (counts: ScanCounts, good: number) => Inspection
}

/** One importable table: what a row of it is, how a line becomes one, what can be wrong with it, and its place in the lake. */
export interface ImportKind {
  id: ImportKindId
  /** What a row is called. */
  unit: string
  /** Columns of a row: the session first, then those that name it, then its values. */
  columns: readonly string[]
  /** Columns that name a row, in the order of the lake; those that are not here are its values. */
  key: readonly string[]
  /** Usual names of the columns, best first, in small letters and digits alone; beside those of times and tickers. */
  aliases: Partial<Record<ImportField, readonly string[]>>
  /** Fields without which no line can be read, and that no column fills. */
  lacking: (at: Positions, target: ImportTarget) => string[]
  /** Fields whose numbers show the decimal sign. */
  numeric: readonly ImportField[]
  /** Rows are summed over their session, so one with a bad row is left out whole. */
  isSummed: boolean
  /** Whether the price of the underlying has to come from the lake. */
  needsSpot: (at: Positions) => boolean
  seriesOf: (target: ImportTarget) => SeriesKey
  /** A function that reads the open line into rows. What it refuses is a bad row. */
  readLine: (context: ScanContext) => () => void
  /** Columns that `complete` fills: where the file has nothing, a row is no other for what was computed. */
  computed: readonly string[]
  /** Fills in what the file leaves open; rows of a part, one of each name. */
  complete?: (rows: Rows, pause: Pause, note: (text: string, count: number) => void) => Promise<void>
  slots: (target: ImportTarget) => SlotRule
  inspector: (target: ImportTarget) => Inspector
  toTable: (rows: Rows) => RowColumns
  ofTable: (columns: RowColumns) => Rows
  /** Instant of a row, epoch ms UTC. */
  tsOf: (rows: Rows, row: number) => number
}

/** Numbers of a table's columns by name. */
export function rowsOfColumns(columns: RowColumns, names: readonly string[]): Rows {
  const values = Object.fromEntries(
    names.map((name) => {
      const column = columns[name]!
      return [name, column instanceof Float64Array ? column : Float64Array.from(column)]
    }),
  )
  return { length: columns['session']!.length, values }
}
