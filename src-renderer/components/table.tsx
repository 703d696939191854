import { type ReactNode, useRef } from 'react'
import { keepColumns } from './keep-columns.ts'
import { useTableFit } from './use-table-fit.ts'
import { useWholeRows } from './use-whole-rows.ts'

export interface TableColumn<R> {
  title: ReactNode
  /** Key of the column where the title is not text. */
  id?: string
  cell: (row: R, index: number) => ReactNode
  numeric?: boolean
  wrap?: boolean
  /** Left out where the box is too narrow for all columns, those with the lowest number first. */
  spare?: number
}

interface TableProps<R> {
  label: string
  columns: readonly TableColumn<R>[]
  rows: readonly R[]
  rowKey: (row: R, index: number) => string | number
  isCurrent?: (row: R) => boolean
  maxHeight?: number
}

/**
 * A short table of plain cells; long ones are a DataGrid. The first column names the row.
 * Where the box is too narrow its cells move together first, then spare columns go.
 */
export function Table<R>({ label, columns: all, rows, rowKey, isCurrent, maxHeight }: TableProps<R>) {
  const box = useRef<HTMLElement>(null)
  const spares = all.filter(({ spare }) => spare !== undefined).length
  const step = useTableFit(box, 1 + spares)
  const columns = keepColumns(all, step - 1)
  const height = useWholeRows(box, maxHeight)
  const className = (column: TableColumn<R>) => (column.numeric ? 'number' : column.wrap ? 'wrap' : undefined)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section ref={box} className="table-scroll" aria-label={label} tabIndex={0} style={{ maxHeight: height }}>
      <table className={step > 0 ? 'table tight' : 'table'}>
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
