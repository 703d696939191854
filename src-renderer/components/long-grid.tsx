import type { GridApi, IDatasource } from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { fitColumns, type GridColumn, gridTheme, pressControl } from './data-grid.tsx'
import { formatCount, formatPercent, formatPlural } from './format.ts'
import { Icon } from './icon.tsx'
import { csvHeader, csvLines } from './rows-csv.ts'
import { saveFile } from './save-file.ts'

/** The largest page the host gives. */
const PAGE = 200

interface LongGridProps<R> {
  label: string
  /** A page of rows, in the order of the list. */
  read: (offset: number, limit: number) => Promise<readonly R[]>
  total: number
  /** Changes whenever the list may have: then what is on screen is read again. */
  version: unknown
  columns: GridColumn<R>[]
  rowId: (row: R) => string
  csvName: string
  testId?: string
  height?: number
  bar?: ReactNode
  isMarked?: (row: R) => boolean
  /** Called with the column whose header was pressed to sort by it. */
  onSort: (column: string) => void
}

/** A list too long to hold: rows are read where it is looked at, the host sorts and filters, and the CSV has every row. */
export function LongGrid<R>(props: LongGridProps<R>) {
  const {
    label,
    read,
    total,
    version,
    columns,
    rowId,
    csvName,
    testId,
    height = 320,
    bar,
    isMarked,
    onSort,
  } = props
  const api = useRef<GridApi<R>>(undefined)
  const box = useRef<HTMLElement>(null)
  const isFitted = useRef(false)
  const [written, setWritten] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const source = useMemo<IDatasource>(
    () => ({
      rowCount: total,
      getRows({ startRow, successCallback, failCallback }) {
        read(startRow, PAGE).then(
          (rows) => {
            successCallback([...rows], total)
            if (isFitted.current || api.current === undefined) return
            isFitted.current = true
            const grid = api.current
            setTimeout(() => fitColumns(grid, box.current?.clientWidth ?? 0))
          },
          () => failCallback(),
        )
      },
    }),
    [read, total],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what the list holds
  useEffect(() => api.current?.refreshInfiniteCache(), [version])

  const writeCsv = async () => {
    setProblem(undefined)
    const parts = [csvHeader(columns)]
    const seen = new Set<string>()
    try {
      for (let offset = 0; offset < total; offset += PAGE) {
        setWritten(offset)
        const page = await read(offset, PAGE)
        // A row that moved between two pages while they were read is written once.
        const fresh = page.filter((row) => !seen.has(rowId(row)))
        parts.push(csvLines(columns, fresh, seen.size))
        for (const row of fresh) seen.add(rowId(row))
        if (page.length === 0) break
      }
      saveFile(csvName, 'csv', parts.join(''))
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause))
    } finally {
      setWritten(undefined)
    }
  }
  return (
    <section className="grid-box" aria-label={label} ref={box}>
      <div className="grid-bar">
        {bar}
        <span className="spacer" />
        {problem !== undefined && (
          <span className="loss" role="alert">
            no CSV: {problem}
          </span>
        )}
        <span role="status">{formatPlural(total, 'row')}</span>
        <Button
          small
          look="quiet"
          disabled={written !== undefined || total === 0}
          onClick={() => void writeCsv()}
        >
          <Icon name="download" size={12} />{' '}
          {written === undefined ? 'CSV' : `${formatPercent(written / total, 0)} of ${formatCount(total)}`}
        </Button>
      </div>
      <div className="grid-fill" data-testid={testId} style={{ minHeight: height }}>
        <AgGridReact<R>
          theme={gridTheme}
          rowModelType="infinite"
          datasource={source}
          cacheBlockSize={PAGE}
          maxBlocksInCache={12}
          columnDefs={columns}
          defaultColDef={{ resizable: true, sortable: false, filter: false, minWidth: 56 }}
          getRowId={({ data }) => rowId(data)}
          rowClassRules={
            isMarked === undefined ? {} : { 'row-marked': ({ data }) => data !== undefined && isMarked(data) }
          }
          enableCellTextSelection
          ensureDomOrder
          animateRows={false}
          suppressColumnVirtualisation={columns.length < 30}
          onGridReady={(event) => {
            api.current = event.api
            box.current?.querySelector('[role=grid],[role=treegrid]')?.setAttribute('aria-label', label)
          }}
          onSortChanged={({ api: grid }) => {
            const sorted = grid.getColumnState().find(({ sort }) => sort != null)
            if (sorted !== undefined) onSort(sorted.colId)
          }}
          onCellKeyDown={pressControl}
        />
      </div>
    </section>
  )
}
