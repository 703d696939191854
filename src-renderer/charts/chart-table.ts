import { csvCell } from '#renderer/components/csv-cell.ts'
import { formatCount, formatNumber, formatPercent, MISSING } from '#renderer/components/format.ts'

export type ChartCell = string | number | null

export interface ChartColumn {
  title: string
  /** How its numbers are shown; in the CSV they are plain. */
  isPercent?: boolean
}

/** What a chart shows, as rows; the first column names the row. */
export interface ChartTable {
  columns: readonly ChartColumn[]
  rows: readonly (readonly ChartCell[])[]
}

/** How the numbers of a column are written: all alike, counts whole, others with at least four figures. */
export function columnFormat({ columns, rows }: ChartTable, column: number): (value: ChartCell) => string {
  const numbers = rows.flatMap((row) => {
    const value = row[column]
    return typeof value === 'number' ? [value] : []
  })
  const size = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const digits = numbers.every(Number.isInteger) ? 0 : size >= 1000 ? 2 : size >= 1 ? 4 : 6
  const write = (value: number): string =>
    columns[column]?.isPercent
      ? formatPercent(value, 2)
      : size > 0 && size < 1e-4
        ? value.toExponential(2)
        : formatNumber(value, digits)
  return (value) =>
    value == null || value === '' ? MISSING : typeof value === 'string' ? value : write(value)
}

/** RFC 4180, numbers in full. */
export function chartCsv({ columns, rows }: ChartTable): string {
  const line = (cells: readonly ChartCell[]) => cells.map((cell) => quote(csvCell(cell))).join(',')
  return `${[columns.map(({ title }) => title), ...rows].map(line).join('\r\n')}\r\n`
}

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Columns beyond these are in the table, but would make the summary a list that nobody hears out. */
const SPOKEN = 5

/** One sentence for those who cannot see the chart: how much is drawn, from where to where. */
export function summarizeChart(table: ChartTable): string {
  const { columns, rows } = table
  const first = rows[0]
  if (first === undefined) return 'Nothing is drawn.'
  const last = rows.at(-1)
  const span = `${formatCount(rows.length)} rows, ${columns[0]?.title ?? ''} ${first[0]} to ${last?.[0]}`
  const parts = columns.slice(1).flatMap(({ title }, i) => {
    const values = rows.flatMap((row) => {
      const value = row[i + 1]
      return typeof value === 'number' ? [value] : []
    })
    if (values.length === 0) return []
    const low = values.reduce((a, b) => Math.min(a, b))
    const high = values.reduce((a, b) => Math.max(a, b))
    const show = columnFormat(table, i + 1)
    return [`${title} between ${show(low)} and ${show(high)}, last ${show(values.at(-1) ?? null)}`]
  })
  const more = parts.length > SPOKEN ? `, and ${parts.length - SPOKEN} more columns` : ''
  return `${[span, ...parts.slice(0, SPOKEN)].join('; ')}${more}.`
}
