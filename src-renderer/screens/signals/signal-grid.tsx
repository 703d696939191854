import type { ICellRendererParams } from 'ag-grid-community'
import type { SignalRow } from '#renderer/api/types.ts'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { formatMoney, formatR } from '#renderer/components/format.ts'
import {
  countColumn,
  numberColumn,
  percentColumn,
  returnColumn,
  textColumn,
  timeColumn,
} from '#renderer/components/grid-columns.tsx'
import { formatHash } from '#renderer/stores/hash-state.ts'
import type { InputOf } from '#shared/contract/index.ts'

type Cell = ICellRendererParams<SignalRow>

const linkOf = (screen: string, { id, model_id, risk_profile }: SignalRow) =>
  formatHash(screen, { model_id, profile: risk_profile, signal_id: String(id) })
const ShowCell = ({ data }: Cell) => data && <a href={linkOf('signals', data)}>#{data.id}</a>
const ExplainCell = ({ data }: Cell) => data && <a href={linkOf('policy', data)}>Explain</a>

const price = (title: string, get: (row: SignalRow) => number | null): GridColumn<SignalRow> => ({
  ...numberColumn<SignalRow>(title, get),
  valueFormatter: ({ value }: { value: number | null }) => formatMoney(value),
})

const columns: GridColumn<SignalRow>[] = [
  {
    ...countColumn<SignalRow>('Signal', (row) => row.id),
    headerTooltip: 'Shows it on the card and the chart',
    cellRenderer: ShowCell,
    pinned: 'left',
  },
  timeColumn<SignalRow>('Decided', (row) => row.ts),
  textColumn<SignalRow>('Model', (row) => row.model_id),
  textColumn<SignalRow>('Profile', (row) => row.risk_profile),
  textColumn<SignalRow>('Ticker', (row) => row.ticker),
  {
    ...textColumn<SignalRow>('Side', (row) => row.side),
    cellClass: ({ value }: { value: unknown }) => (value === 'buy' ? 'gain' : 'loss'),
  },
  {
    ...percentColumn<SignalRow>('P(up)', (row) => row.score_total),
    headerTooltip: 'Directional probability; a sell needs 1 − P(up) to reach the threshold',
  },
  percentColumn<SignalRow>('Threshold', (row) => row.threshold),
  {
    ...numberColumn<SignalRow>('Size', (row) => row.size * row.size_r),
    valueFormatter: ({ value }: { value: number | null }) => formatR(value),
  },
  price('Reference', (row) => row.entry_ref_px),
  price('Stop', (row) => row.stop_px),
  price('Target', (row) => row.target_px),
  countColumn<SignalRow>('Time stop, min', (row) => row.time_stop_minutes),
  textColumn<SignalRow>('State', (row) => row.status),
  price('Fill', (row) => row.fill_px),
  returnColumn<SignalRow>('Result', (row) => row.pnl, 2),
  {
    colId: 'explain',
    headerName: 'Why',
    cellRenderer: ExplainCell,
    sortable: false,
    filter: false,
    resizable: false,
    width: 78,
  },
  textColumn<SignalRow>('Model file', (row) => row.artifact),
]

interface SignalGridProps {
  rows: readonly SignalRow[]
  shown: number
  input: InputOf<'listSignals'>
}

/** Every signal, newest first. */
export function SignalGrid({ rows, shown, input }: SignalGridProps) {
  return (
    <section className="panel" style={{ flex: 1 }} aria-label="History">
      <DataGrid
        label="Signals"
        testId="signals-grid"
        rows={rows}
        columns={columns}
        rowId={(row) => String(row.id)}
        isMarked={(row) => row.id === shown}
        csvName="signals"
        height={300}
        bar={<CopyRequest operationId="listSignals" input={input} />}
      />
    </section>
  )
}
