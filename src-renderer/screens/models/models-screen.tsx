import type { ICellRendererParams } from 'ag-grid-community'
import type { ModelSummary } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { textColumn } from '#renderer/components/grid-columns.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { useLinkTo, useModelId } from '#renderer/stores/context.ts'

type Cell = ICellRendererParams<ModelSummary>

function LinksCell({ data }: Cell) {
  const linkTo = useLinkTo()
  if (data === undefined || !data.buildable) return null
  return (
    <span className="row">
      <a href={linkTo('matrix', { model_id: data.id })}>Matrix</a>
      <a href={linkTo('sweeps', { model_id: data.id })}>Sweep</a>
      <a href={linkTo('leaderboard', { model_id: data.id })}>Runs</a>
    </span>
  )
}

const ReadyCell = ({ data }: Cell) =>
  data &&
  (data.buildable ? <Badge tone="good">ready</Badge> : <Badge title={data.reason ?? ''}>not yet</Badge>)
const SourceCell = ({ data }: Cell) => (data?.data_source ? <DataBadge simulated={data.simulated} /> : null)

const columns: GridColumn<ModelSummary>[] = [
  { ...textColumn<ModelSummary>('Model', (model) => model.id), pinned: 'left' },
  {
    colId: 'ready',
    headerName: 'State',
    valueGetter: ({ data }) => (data?.buildable ? 'ready' : 'not yet'),
    cellRenderer: ReadyCell,
    pinned: 'left',
  },
  { colId: 'links', headerName: 'Open', cellRenderer: LinksCell, sortable: false, filter: false, width: 170 },
  textColumn('Pack', (model) => model.pack_id),
  textColumn('Ticker', (model) => model.ticker),
  { ...textColumn<ModelSummary>('Data', (model) => model.data_source), cellRenderer: SourceCell },
  textColumn('Trades', (model) => (model.asset_type === 'opt' ? 'options' : 'shares')),
  textColumn('Horizon', (model) => model.horizon),
  textColumn('Bars', (model) => model.cadence),
  textColumn('Label', (model) => model.label),
  textColumn('Algorithm', (model) => model.algorithm),
  textColumn('Indicators', (model) => model.indicator_set),
  textColumn('Window', (model) =>
    model.train_window === null ? '' : `${model.train_window.start} – ${model.train_window.end}`,
  ),
  textColumn('Why not', (model) => (model.buildable ? '' : model.reason)),
]

/** Every model of every pack: what it trades, and whether it can be built on the data that is here. */
export function ModelsScreen() {
  const query = useQuery('listModels', { query: {} })
  const [modelId] = useModelId()
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Models</h1>
      </div>
      <QueryView query={query} lines={8}>
        {({ models }) => (
          <div className="panel" style={{ flex: 1 }}>
            <DataGrid
              label="Models"
              testId="models-grid"
              rows={models.toSorted((a, b) => Number(b.buildable) - Number(a.buildable))}
              columns={columns}
              rowId={(model) => model.id}
              csvName="models"
              height={420}
              isMarked={(model) => model.id === modelId}
            />
          </div>
        )}
      </QueryView>
    </div>
  )
}
