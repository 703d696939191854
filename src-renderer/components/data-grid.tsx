import {
  type CellKeyDownEvent,
  CellStyleModule,
  ClientSideRowModelModule,
  type ColDef,
  ColumnApiModule,
  ColumnAutoSizeModule,
  CsvExportModule,
  ExternalFilterModule,
  type FullWidthCellKeyDownEvent,
  type GridApi,
  InfiniteRowModelModule,
  ModuleRegistry,
  NumberFilterModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  TextFilterModule,
  TooltipModule,
  themeQuartz,
} from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { csvCell } from './csv-cell.ts'
import { formatCount, formatPlural } from './format.ts'
import { Icon } from './icon.tsx'
import { saveFile } from './save-file.ts'

ModuleRegistry.registerModules([
  CellStyleModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  CsvExportModule,
  ExternalFilterModule,
  InfiniteRowModelModule,
  NumberFilterModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  TextFilterModule,
  TooltipModule,
])

export const gridTheme = themeQuartz.withParams({
  browserColorScheme: 'inherit',
  accentColor: 'var(--accent)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  borderColor: 'var(--line)',
  chromeBackgroundColor: 'var(--surface)',
  headerBackgroundColor: 'var(--raised)',
  headerTextColor: 'var(--muted)',
  headerFontSize: 11,
  rowHoverColor: 'var(--raised)',
  selectedRowBackgroundColor: 'var(--accent-soft)',
  menuBackgroundColor: 'var(--raised)',
  inputBackgroundColor: 'var(--ground)',
  fontFamily: 'inherit',
  fontSize: 12,
  rowHeight: 29,
  headerHeight: 30,
  cellHorizontalPadding: 9,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  columnBorder: false,
})

/** Room that a vertical scrollbar and borders take. */
const SCROLLBAR = 17

const defaultColumn: ColDef = {
  sortable: true,
  resizable: true,
  filter: 'agTextColumnFilter',
  minWidth: 56,
}

export type GridColumn<R> = ColDef<R>

interface DataGridProps<R> {
  label: string
  rows: readonly R[]
  columns: GridColumn<R>[]
  rowId: (row: R) => string
  /** File name of the CSV, without ending. */
  csvName: string
  testId?: string
  /** Least height in pixels; the grid fills what is free above it. */
  height?: number
  /** Shown at the left of the bar over the grid. */
  bar?: ReactNode
  isMarked?: (row: R) => boolean
  /** Rows that another view leaves out are left out here too, of the CSV as well. */
  isKept?: ((row: R) => boolean) | undefined
  /** What cell renderers may use beside their row. */
  context?: object
  /** Called with a row that was clicked; what it does a control in the row must do too. */
  onRow?: (row: R) => void
}

/** AG Grid in the house's colours, with a row count, CSV of every filtered row, and Enter pressing a cell's control. */
export function DataGrid<R>(props: DataGridProps<R>) {
  const {
    label,
    rows,
    columns,
    rowId,
    csvName,
    testId,
    height = 320,
    bar,
    isMarked,
    isKept,
    context,
    onRow,
  } = props
  const api = useRef<GridApi<R>>(undefined)
  const box = useRef<HTMLElement>(null)
  const isResized = useRef(false)
  const [shown, setShown] = useState(rows.length)
  const rowData = useMemo(() => [...rows], [rows])
  const keeps = useRef(isKept)
  useEffect(() => {
    keeps.current = isKept
    api.current?.onFilterChanged()
  }, [isKept])
  const exportCsv = () => {
    const csv = api.current?.getDataAsCsv({
      processCellCallback: ({ value }) => csvCell(value),
      columnKeys: columns
        .filter((column) => column.field ?? column.valueGetter)
        .map((column) => column.colId ?? String(column.field)),
    })
    // The mark at the start tells spreadsheets that the text is UTF-8.
    if (csv !== undefined) saveFile(csvName, 'csv', `\ufeff${csv}`)
  }
  return (
    <section className="grid-box" aria-label={label} ref={box}>
      <div className="grid-bar">
        {bar}
        <span className="spacer" />
        <span role="status">
          {shown === rows.length
            ? formatPlural(rows.length, 'row')
            : `${formatCount(shown)} of ${formatPlural(rows.length, 'row')}`}
        </span>
        <Button small look="quiet" onClick={exportCsv} disabled={rows.length === 0}>
          <Icon name="download" size={12} /> CSV
        </Button>
      </div>
      <div className="grid-fill" data-testid={testId} style={{ minHeight: height }}>
        <AgGridReact<R>
          theme={gridTheme}
          rowData={rowData}
          columnDefs={columns}
          defaultColDef={defaultColumn}
          {...(context === undefined ? {} : { context })}
          getRowId={({ data }) => rowId(data)}
          rowClassRules={
            isMarked === undefined ? {} : { 'row-marked': ({ data }) => data !== undefined && isMarked(data) }
          }
          enableCellTextSelection
          ensureDomOrder
          animateRows={false}
          suppressColumnVirtualisation={columns.length < 30}
          overlayNoRowsTemplate="<span>No rows</span>"
          onGridReady={(event) => {
            api.current = event.api
            box.current?.querySelector('[role=grid],[role=treegrid]')?.setAttribute('aria-label', label)
          }}
          isExternalFilterPresent={() => keeps.current !== undefined}
          doesExternalFilterPass={({ data }) => data === undefined || keeps.current?.(data) !== false}
          onFirstDataRendered={(event) => fitColumns(event.api, box.current?.clientWidth ?? 0)}
          onRowDataUpdated={(event) =>
            !isResized.current && fitColumns(event.api, box.current?.clientWidth ?? 0)
          }
          onColumnResized={(event) => {
            if (event.source === 'uiColumnResized') isResized.current = true
          }}
          onModelUpdated={(event) => setShown(event.api.getDisplayedRowCount())}
          onCellKeyDown={pressControl}
          onRowClicked={({ data, event }) => {
            // Its controls speak for themselves.
            const isControl = event?.target instanceof Element && event.target.closest('button,a') !== null
            if (data !== undefined && !isControl) onRow?.(data)
          }}
        />
      </div>
    </section>
  )
}

/** Columns as wide as what they hold; room to spare is shared out in proportion. */
export function fitColumns(api: GridApi, width: number): void {
  api.autoSizeAllColumns()
  const columns = api.getAllDisplayedColumns()
  const widths = columns.map((column) => column.getActualWidth())
  const used = widths.reduce((sum, each) => sum + each, 0)
  // The grid's own fitting starts from equal widths, which cuts long texts beside empty columns.
  const share = (width - SCROLLBAR) / used
  if (share <= 1) return
  api.setColumnWidths(columns.map((column, i) => ({ key: column, newWidth: Math.floor(widths[i]! * share) })))
}

export function pressControl(event: CellKeyDownEvent | FullWidthCellKeyDownEvent): void {
  const key = event.event
  if (!(key instanceof KeyboardEvent) || key.key !== 'Enter') return
  if (!(key.target instanceof HTMLElement) || key.target.matches('button,a')) return
  key.target.querySelector<HTMLElement>('button,a')?.click()
}
