import { useMemo } from 'react'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { formatPlural, MISSING } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'

interface Row {
  index: number
  values: readonly unknown[]
}

interface FirstRowsProps {
  sha: string
  columns: readonly string[]
  rows: readonly (readonly unknown[])[]
}

/** The first rows of the matrix as they stand in the file. */
export function FirstRows({ sha, columns, rows }: FirstRowsProps) {
  const data = useMemo<Row[]>(() => rows.map((values, index) => ({ index, values })), [rows])
  const definitions = useMemo<GridColumn<Row>[]>(
    () =>
      columns.map((name, i) => ({
        colId: name,
        headerName: name,
        valueGetter: ({ data: row }) => row?.values[i] ?? null,
        valueFormatter: ({ value }) => show(value),
        type: typeof rows[0]?.[i] === 'number' ? 'rightAligned' : [],
        ...(i < 2 ? { pinned: 'left' as const } : {}),
      })),
    [columns, rows],
  )
  return (
    <Panel
      title="First rows"
      flush
      note={<span className="muted">{formatPlural(columns.length, 'column')}</span>}
    >
      <DataGrid
        label="First rows of the matrix"
        testId="first-rows-grid"
        rows={data}
        columns={definitions}
        rowId={(row) => String(row.index)}
        csvName={`matrix-${sha.slice(0, 10)}-first-rows`}
        height={320}
      />
    </Panel>
  )
}

/** Values as the file has them, long fractions cut to six digits. */
function show(value: unknown): string {
  if (value == null || value === '') return MISSING
  if (typeof value !== 'number') return String(value)
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}
