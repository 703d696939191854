import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mapColumns } from '#main/services/data-import/column-mapping.ts'
import { emptyLine, splitLine } from '#main/services/data-import/csv-lines.ts'
import { createGapFinder } from '#main/services/data-import/find-gaps.ts'
import { kinds } from '#main/services/data-import/kinds/index.ts'
import { createRowTable } from '#main/services/data-import/row-table.ts'
import { createScanner, emptyCounts, type ScanOptions } from '#main/services/data-import/scan-lines.ts'
import { clockOf } from '#main/services/data-import/time-zone.ts'
import { sessionCount } from '#shared/calendar/sessions.ts'
import type { ImportKindId } from '#shared/contract/import-kinds.ts'

interface TextOptions
  extends Partial<Pick<ScanOptions, 'ticker' | 'cadence' | 'barTime' | 'decimal' | 'timeFormat' | 'spotAt'>> {
  keepsLast?: boolean
}

/** A CSV as an import reads it: its rows in order, what was counted, gaps, jumps and problems. */
export async function scanText(id: ImportKindId, text: string, options: TextOptions = {}) {
  const { keepsLast = false, ...rest } = options
  const [header = '', ...lines] = text.trim().split('\n')
  const kind = kinds[id]
  const target = { ticker: 'SPY', cadence: null, ...rest }
  const counts = emptyCounts()
  const table = createRowTable({
    ...{ columns: kind.columns, key: kind.key, keepsLast, repeats: counts, pause: async () => {} },
    spillPath: join(tmpdir(), 'never-spilled'),
    capacity: 2000,
  })
  const { at, mapping } = mapColumns(header.split(','), {}, 'f.csv', kind, target)
  const take = createScanner(counts, {
    ...{ kind, at, table, decimal: '.', timeFormat: 'auto', barTime: 'open', spotAt: () => Number.NaN },
    toInstant: clockOf('America/New_York'),
    ...target,
  })
  lines.forEach((each, i) => {
    const line = { ...emptyLine(), bytes: Buffer.from(each), line: i + 2 }
    splitLine(line, 0, line.bytes.length, 44)
    take(line)
  })
  await table.finish()
  const rows = await table.load(0, sessionCount - 1)
  const notes: Record<string, number> = {}
  await kind.complete?.(
    rows,
    async () => {},
    (note, count) => {
      notes[note] = count
    },
  )
  const gaps = createGapFinder(kind.slots(target))
  const inspector = kind.inspector(target)
  gaps.add(rows)
  inspector.add(rows)
  const column = (name: string) => Array.from(rows.values[name]!)
  return { rows, column, counts, mapping, notes, gaps: gaps.find(), ...inspector.find(counts, rows.length) }
}
