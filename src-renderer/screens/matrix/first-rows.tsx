import { useMemo } from 'react'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatPlural, MISSING } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { formatUtc } from '#renderer/components/time.ts'

interface Row {
  index: number
  values: readonly unknown[]
}

interface FirstRowsProps {
  sha: string
  columns: readonly string[]
  rows: readonly (readonly unknown[])[]
}

/** The first rows of the matrix. Times are read in the zone of the settings; the CSV has them as the file does. */
export function FirstRows({ sha, columns, rows }: FirstRowsProps) {
  const data = useMemo<Row[]>(() => rows.map((values, index) => ({ index, values })), [rows])
  const definitions = useMemo<GridColumn<Row>[]>(
    () =>
      columns.map((name, i) => ({
        colId: name,
        headerName: name,
        valueGetter: ({ data: row }) => row?.values[i] ?? null,
        valueFormatter: ({ value }) => show(value),
        tooltipValueGetter: ({ value }) => (isInstant(value) ? formatUtc(value) : undefined),
        // The first rows of a column may all be missing.
        type: rows.some((row) => typeof row[i] === 'number') ? 'rightAligned' : [],
        ...(i < 2 ? { pinned: 'left' as const } : {}),
      })),
    [columns, rows],
  )
  return (
    <Panel
      title="First rows"
      flush
      note={
        <span className="muted">
          {formatPlural(columns.length, 'column')}, times in {zoneName()}
        </span>
      }
    >
      <DataGrid
        label="First rows of the matrix"
        testId="first-rows-grid"
        rows={data}
        columns={definitions}
        rowId={(row) => String(row.index)}
        csvName={`matrix-${sha.slice(0, 10)}-first-rows`}
        height={337}
      />
    </Panel>
  )
}

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)

/** Values as the file has them, but for times, and for long fractions, cut to six digits. */
function show(value: unknown): string {
  if (value == null || value === '') return MISSING
  if (isInstant(value)) return formatTime(value)
  if (typeof value !== 'number') return String(value)
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}
