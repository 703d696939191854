import type { ICellRendererParams } from 'ag-grid-community'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { Sparkline } from '#renderer/charts/sparkline.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import { DataBadge } from './badge.tsx'
import { CartButton } from './cart-button.tsx'
import { CompareButton } from './compare-button.tsx'
import type { GridColumn } from './data-grid.tsx'
import { describeConfig, describeRule } from './describe-config.ts'
import { GateChip } from './gate-chip.tsx'
import { openGate } from './gate-drawer.tsx'
import { nearMiss } from './gate-format.ts'
import { metricColumn, textColumn, timeColumn } from './grid-columns.tsx'
import { formatHours } from './time.ts'

type Cell = ICellRendererParams<LeaderboardRow>

const GateCell = ({ data }: Cell) =>
  data && <GateChip gate={data.gate} subject={`run ${data.id}`} onOpen={() => openGate(data.id)} />
const CartCell = ({ data }: Cell) => data && <CartButton item={data} subject={describeConfig(data.config)} />
const CompareCell = ({ data }: Cell) => data && <CompareButton id={data.id} />
const SparkCell = ({ data }: Cell) => data && <Sparkline values={data.spark} />
const SourceCell = ({ data }: Cell) => data && <DataBadge simulated={data.simulated} />

function RunCell({ data }: Cell) {
  const linkTo = useLinkTo()
  return data && <a href={linkTo('run', { id: data.id })}>#{data.id}</a>
}

const control = { sortable: false, filter: false, resizable: false } as const

/** Columns that every list of runs shares, in the order of a trader's eye. */
export const runColumns = {
  cart: {
    colId: 'cart',
    headerName: 'Cart',
    cellRenderer: CartCell,
    ...control,
    width: 62,
    pinned: 'left',
    suppressAutoSize: true,
  },
  compare: {
    colId: 'compare',
    headerName: 'Cmp',
    headerTooltip: 'Tick to compare',
    cellRenderer: CompareCell,
    ...control,
    width: 52,
    pinned: 'left',
    suppressAutoSize: true,
  },
  run: {
    colId: 'run',
    headerName: 'Run',
    valueGetter: ({ data }) => Number(data?.id),
    cellRenderer: RunCell,
    filter: 'agNumberColumnFilter',
    pinned: 'left',
  },
  gate: {
    colId: 'gate',
    headerName: 'Gate',
    valueGetter: ({ data }) => (data?.gate.pass ? 'pass' : (data?.gate.reasons.join(' ') ?? '')),
    cellRenderer: GateCell,
    pinned: 'left',
  },
  miss: textColumn('Near miss', (row) => nearMiss(row.gate, row.checks, row.lineage.risk_profile)),
  model: textColumn('Model', (row) => row.model_id),
  rule: textColumn('Acts on', (row) => describeRule(row.config)),
  hours: textColumn('Hours', (row) => formatHours(row.config.allowed_hours)),
  profile: textColumn('Profile', (row) => row.lineage.risk_profile),
  spark: {
    colId: 'equity',
    headerName: 'Equity',
    cellRenderer: SparkCell,
    ...control,
    width: 112,
    suppressAutoSize: true,
  },
  source: {
    colId: 'data',
    headerName: 'Data',
    valueGetter: ({ data }) => (data?.simulated ? 'simulated' : 'real'),
    cellRenderer: SourceCell,
  },
  created: timeColumn('Run at', (row) => row.created_at),
  sharpe: metricColumn('sharpe', (row) => row.metrics.sharpe),
  dsr: metricColumn('dsr', (row) => row.metrics.dsr),
  trials: metricColumn('trials', (row) => row.metrics.trials),
  cumReturn: metricColumn('cum_return', (row) => row.metrics.cum_return),
  maxDd: metricColumn('max_dd', (row) => row.metrics.max_dd),
  winRate: metricColumn('win_rate', (row) => row.metrics.win_rate),
  trades: metricColumn('trades', (row) => row.metrics.trades),
  sortino: metricColumn('sortino', (row) => row.metrics.sortino),
  es95: metricColumn('es95', (row) => row.metrics.es95),
  foldMin: metricColumn('fold_sharpe_min', (row) => row.metrics.fold_sharpe_min),
  score: metricColumn('score', (row) => row.metrics.score),
} satisfies Record<string, GridColumn<LeaderboardRow>>
