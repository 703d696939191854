import type { ReactNode } from 'react'

export interface TableColumn<R> {
  title: ReactNode
  /** Key of the column where the title is not text. */
  id?: string
  cell: (row: R, index: number) => ReactNode
  numeric?: boolean
  wrap?: boolean
}

interface TableProps<R> {
  label: string
  columns: readonly TableColumn<R>[]
  rows: readonly R[]
  rowKey: (row: R, index: number) => string | number
  isCurrent?: (row: R) => boolean
  maxHeight?: number
}

/** A short table of plain cells; long ones are a DataGrid. The first column names the row. */
export function Table<R>({ label, columns, rows, rowKey, isCurrent, maxHeight }: TableProps<R>) {
  const className = (column: TableColumn<R>) => (column.numeric ? 'number' : column.wrap ? 'wrap' : undefined)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={label} tabIndex={0} style={{ maxHeight }}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th
                key={column.id ?? (typeof column.title === 'string' ? column.title : i)}
                scope="col"
                className={className(column)}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row, index)} aria-current={isCurrent?.(row) || undefined}>
              {columns.map((column, i) => {
                const key = column.id ?? (typeof column.title === 'string' ? column.title : i)
                return i === 0 ? (
                  <th key={key} scope="row" className={className(column)}>
                    {column.cell(row, index)}
                  </th>
                ) : (
                  <td key={key} className={className(column)}>
                    {column.cell(row, index)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
