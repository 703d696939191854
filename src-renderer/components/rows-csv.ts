import { csvCell } from './csv-cell.ts'
import type { GridColumn } from './data-grid.tsx'

type ReadCell<R> = (params: { data: R; node: { rowIndex: number } }) => unknown

/** Columns that hold a value, with how it is read of a row. */
function valuesOf<R>(columns: readonly GridColumn<R>[]): { title: string; read: ReadCell<R> }[] {
  return columns.flatMap(({ headerName = '', valueGetter }) =>
    typeof valueGetter === 'function'
      ? [{ title: headerName, read: valueGetter as unknown as ReadCell<R> }]
      : [],
  )
}

/** The header line of a grid's CSV (RFC 4180). */
export const csvHeader = <R>(columns: readonly GridColumn<R>[]): string =>
  line(valuesOf(columns).map(({ title }) => title))

/** Lines of rows that follow `before` others. */
export function csvLines<R>(columns: readonly GridColumn<R>[], rows: readonly R[], before: number): string {
  const values = valuesOf(columns)
  return rows
    .map((data, i) => line(values.map(({ read }) => read({ data, node: { rowIndex: before + i } }))))
    .join('')
}

const line = (cells: readonly unknown[]): string =>
  `${cells.map((cell) => quote(csvCell(cell))).join(',')}\r\n`

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
