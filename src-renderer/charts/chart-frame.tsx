import { type ReactNode, useId, useMemo, useState } from 'react'
import { Button } from '#renderer/components/button.tsx'
import { formatCount, formatPlural } from '#renderer/components/format.ts'
import { Icon } from '#renderer/components/icon.tsx'
import { useIsReport } from '#renderer/components/report-mode.ts'
import { fileStem, saveFile } from '#renderer/components/save-file.ts'
import { Table } from '#renderer/components/table.tsx'
import { type ChartCell, type ChartTable, chartCsv, columnFormat, summarizeChart } from './chart-table.ts'

interface ChartFrameProps {
  /** What the chart shows, for those who cannot see it. */
  label: string
  table: ChartTable
  /** Pixels that the table may take; as high as the chart, so that nothing moves. */
  height: number
  /** Stands at the left under the chart: a legend, the ends of an axis. */
  caption?: ReactNode
  children: ReactNode
}

/** Cells beyond these would slow the page; the CSV has every row. */
const MOST_CELLS = 4000
const MOST_ROWS = 200

/** What every chart stands in: a name and a summary for assistive tools, and a button that shows its data as a table. */
export function ChartFrame({ label, table, height, caption, children }: ChartFrameProps) {
  const id = useId()
  const [isTable, setTable] = useState(false)
  const isReport = useIsReport()
  const summary = useMemo(() => summarizeChart(table), [table])
  if (isReport) {
    return (
      <figure className="chart" aria-label={label}>
        {children}
        {caption}
        <details>
          <summary>Table of {label}</summary>
          <DataTable label={label} table={table} />
        </details>
      </figure>
    )
  }
  return (
    <figure className="chart" aria-label={label} aria-describedby={id}>
      <p className="visually-hidden" id={id}>
        {summary}
      </p>
      {isTable && <DataTable label={label} table={table} height={height} />}
      <div hidden={isTable}>{children}</div>
      <figcaption className="chart-bar">
        {caption ?? <span className="spacer" />}
        {isTable && (
          <Button small look="quiet" onClick={() => saveFile(fileStem(label), 'csv', chartCsv(table))}>
            <Icon name="download" size={12} /> CSV
          </Button>
        )}
        <Button
          small
          look="quiet"
          aria-pressed={isTable}
          aria-label={`Table of ${label}`}
          data-testid="chart-table-toggle"
          onClick={() => setTable(!isTable)}
        >
          <Icon name={isTable ? 'run' : 'matrix'} size={12} /> {isTable ? 'Chart' : 'Table'}
        </Button>
      </figcaption>
    </figure>
  )
}

interface DataTableProps extends Pick<ChartFrameProps, 'label' | 'table'> {
  /** Left out where all rows are shown. */
  height?: number
}

function DataTable({ label, table, height }: DataTableProps) {
  const { columns, rows } = table
  const most = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / columns.length)))
  const shown = height === undefined ? rows : rows.slice(0, most)
  return (
    <div className="stack tight chart-table" style={{ height }}>
      <p className="muted chart-note" role="status">
        {shown.length < rows.length
          ? `The first ${formatCount(shown.length)} of ${formatPlural(rows.length, 'row')}; the CSV has all`
          : formatPlural(rows.length, 'row')}
      </p>
      <Table<readonly ChartCell[]>
        label={`Data of ${label}`}
        rows={shown}
        rowKey={(_, index) => index}
        columns={columns.map(({ title }, i) => {
          const show = columnFormat(table, i)
          return {
            title,
            id: String(i),
            numeric: i > 0 && rows.some((row) => typeof row[i] === 'number'),
            // The first column names the row: a strike or a year is no amount.
            cell: (row) => (i === 0 ? String(row[0] ?? '') : show(row[i] ?? null)),
          }
        })}
      />
    </div>
  )
}
