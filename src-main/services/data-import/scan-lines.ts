import type { CsvLine } from './csv-lines.ts'
import type { ImportKind, ScanContext, ScanCounts } from './kinds/define-kind.ts'
import { createLineReader, type LineOptions } from './line-reader.ts'

const listed = 100

export interface ScanOptions
  extends LineOptions,
    Pick<ScanContext, 'ticker' | 'cadence' | 'barTime' | 'spotAt'> {
  kind: ImportKind
  /** Where rows go; the scanner fills `row` and puts it. */
  table: { row: Float64Array; put: (line: number) => void }
}

export function emptyCounts(): ScanCounts {
  return {
    ...{
      rows: 0,
      bad: 0,
      badRows: [],
      outsideSession: 0,
      otherTickers: 0,
      otherTicker: '',
      otherExpiries: 0,
    },
    ...{ unplaced: 0, unplacedLine: 0, badSessions: new Set(), misaligned: 0, halfPast: 0, earlyHours: 0 },
    ...{ empty: 0, notes: new Map(), repeats: 0, differing: 0, differingRows: [] },
  }
}

/** Takes lines of a CSV into a table; what is wrong with one is counted, the first hundred with line and reason. */
export function createScanner(counts: ScanCounts, options: ScanOptions): (line: CsvLine) => void {
  const { kind, at, table, ...rest } = options
  const line = createLineReader(options)
  let number = 0
  let session = -1
  const readLine = kind.readLine({
    ...rest,
    ...{ at, line, counts, row: table.row },
    put: () => {
      if (line.fault() === undefined) table.put(number)
    },
    ofSession: (each) => {
      session = each
    },
  })
  // What every line must have: the columns that could not be left out.
  const fields = Object.entries(at) as [keyof typeof at, number][]
  const needed = fields.filter(([field, position]) => position >= 0 && isNeeded(field))
  const lastField = Math.max(...needed.map(([, position]) => position))

  function isNeeded(field: keyof typeof at): boolean {
    const isTime = field === 'ts' || field === 'date' || field === 'time'
    return isTime || kind.lacking({ ...at, [field]: -1 }, options).length > 0
  }

  return (each) => {
    counts.rows++
    number = each.line
    session = -1
    line.open(each)
    if (each.isBroken) line.refuse('a quote is not closed')
    else if (each.fields <= lastField) line.refuse(`has ${each.fields} fields, ${lastField + 1} are needed`)
    else readLine()
    const reason = line.fault()
    if (reason === undefined) return
    counts.bad++
    if (counts.badRows.length < listed) counts.badRows.push({ line: number, reason })
    if (session >= 0) counts.badSessions.add(session)
    else if (counts.unplaced++ === 0) counts.unplacedLine = number
  }
}
