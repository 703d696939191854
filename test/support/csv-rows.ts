import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sessionDate, sessionOfDate } from '#shared/calendar/sessions.ts'
import { createRandom, type Random } from '#shared/kernels/random.ts'

export interface CsvRow {
  date: string
  /** Return from the decision to the next one, driftless: what the trade of the row earns. */
  ret: number
  /** The same of the row before. */
  lagged: number
  random: Random
}

/** Daily rows with a driftless Gaussian return of 1 % a day; cells other than `date` are what `cells` says, empty for NaN. */
export function dailyRows(rows: number, cells: (row: CsvRow) => Record<string, number | string>, seed = 7) {
  const random = createRandom(seed)
  const first = sessionOfDate('2012-01-03')
  let lagged = Number.NaN
  return Array.from({ length: rows }, (_, i) => {
    const ret = random.nextGaussian() * 0.01
    const date = sessionDate(first + i)
    const line: Record<string, number | string> = { date, ...cells({ date, ret, lagged, random }) }
    lagged = ret
    return line
  })
}

export const upOrDown = (ret: number) => (ret > 0 ? 'UP' : 'DOWN')

/** Writes rows as a CSV of the workspace and returns its name. */
export function writeCsv(root: string, name: string, rows: Record<string, number | string>[]): string {
  const header = Object.keys(rows[0]!)
  const lines = rows.map((row) =>
    header.map((column) => (Number.isNaN(row[column]) ? '' : row[column])).join(','),
  )
  writeFileSync(join(root, name), `${[header.join(','), ...lines].join('\n')}\n`)
  return name
}
