import type { ICellRendererParams } from 'ag-grid-community'
import { useMemo } from 'react'
import type { ModelSummary } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { textColumn } from '#renderer/components/grid-columns.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { ProblemList } from '#renderer/components/problem-list.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId } from '#renderer/stores/context.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { RiskBadges } from './risk-badges.tsx'

type Cell = ICellRendererParams<ModelSummary>

function NameCell({ data }: Cell) {
  const linkTo = useLinkTo()
  if (data === undefined) return null
  return <a href={linkTo('models', { tab: 'config', model_id: data.id })}>{data.id}</a>
}

function LinksCell({ data }: Cell) {
  const linkTo = useLinkTo()
  if (data === undefined || !data.buildable) return null
  return (
    <span className="row nowrap">
      <a href={linkTo('matrix', { model_id: data.id })}>Matrix</a>
      <a href={linkTo('sweeps', { model_id: data.id })}>Sweep</a>
      <a href={linkTo('leaderboard', { model_id: data.id })}>Runs</a>
    </span>
  )
}

function SetCell({ data }: Cell) {
  const linkTo = useLinkTo()
  if (data?.indicator_set == null) return null
  return (
    <a href={linkTo('models', { tab: 'sets', pack: data.pack_id, set: data.indicator_set })}>
      {data.indicator_set}
    </a>
  )
}

const ReadyCell = ({ data }: Cell) =>
  data &&
  (data.buildable ? <Badge tone="good">ready</Badge> : <Badge title={data.reason ?? ''}>not yet</Badge>)
const SourceCell = ({ data }: Cell) => (data?.data_source ? <DataBadge simulated={data.simulated} /> : null)
const RiskCell = ({ data }: Cell) => (data ? <RiskBadges model={data} /> : null)

const passing = ({ standing }: ModelSummary): number => standing.reduce((sum, each) => sum + each.passing, 0)

const columns: GridColumn<ModelSummary>[] = [
  { ...textColumn<ModelSummary>('Model', ({ id }) => id), cellRenderer: NameCell, pinned: 'left' },
  {
    colId: 'ready',
    headerName: 'State',
    valueGetter: ({ data }) => (data?.buildable ? 'ready' : 'not yet'),
    cellRenderer: ReadyCell,
    pinned: 'left',
  },
  {
    colId: 'passing',
    headerName: 'Runs that pass',
    headerTooltip: 'Passing runs of all runs, by risk profile: conservative, balanced, aggressive',
    valueGetter: ({ data }) => (data === undefined ? 0 : passing(data)),
    cellRenderer: RiskCell,
    minWidth: 196,
  },
  { colId: 'links', headerName: 'Open', cellRenderer: LinksCell, sortable: false, filter: false, width: 160 },
  textColumn('Pack', ({ pack_id }) => pack_id),
  textColumn('Ticker', ({ ticker }) => ticker),
  { ...textColumn<ModelSummary>('Data', ({ data_source }) => data_source), cellRenderer: SourceCell },
  textColumn('Trades', ({ asset_type }) => (asset_type === 'opt' ? 'options' : 'shares')),
  textColumn('Horizon', ({ horizon }) => horizon),
  textColumn('Bars', ({ cadence }) => cadence),
  textColumn('Label', ({ label }) => label),
  textColumn('Algorithm', ({ algorithm }) => algorithm),
  { ...textColumn<ModelSummary>('Indicators', ({ indicator_set }) => indicator_set), cellRenderer: SetCell },
  textColumn('Window', ({ train_window }) =>
    train_window === null ? '' : `${train_window.start} – ${train_window.end}`,
  ),
  textColumn('Why not', ({ buildable, reason }) => (buildable ? '' : reason)),
]

/** Every model by pack: what it trades, whether it can be built on the data that is here, and how its runs stand. */
export function ModelList() {
  const query = useQuery('listModels', { query: {} })
  const packs = useQuery('listPacks', {}).data?.packs ?? []
  const chosen = useHash().params['pack'] ?? ''
  const [modelId] = useModelId()
  const pack = packs.find(({ id }) => id === chosen)
  const broken = packs.flatMap(({ problems }) => problems)
  const rows = useMemo(
    () =>
      (query.data?.models ?? [])
        .filter(({ pack_id }) => chosen === '' || pack_id === chosen)
        .toSorted((a, b) => Number(b.buildable) - Number(a.buildable) || (a.pack_id < b.pack_id ? -1 : 1)),
    [query.data, chosen],
  )
  return (
    <QueryView query={query} lines={8}>
      {({ models }) => (
        <>
          <nav className="row" aria-label="Packs">
            <PackChip label="All packs" count={models.length} isChosen={chosen === ''} pack={undefined} />
            {packs.map(({ id, meta, problems }) => (
              <PackChip
                key={id}
                label={id}
                title={meta.description}
                count={models.filter(({ pack_id }) => pack_id === id).length}
                isChosen={chosen === id}
                isBroken={problems.length > 0}
                pack={id}
              />
            ))}
            {pack !== undefined && <span className="muted">{pack.meta.description}</span>}
          </nav>
          {broken.length > 0 && (
            <Panel title="Files with mistakes" note={<Badge tone="bad">the rest works on</Badge>}>
              <ProblemList problems={broken} />
            </Panel>
          )}
          {rows.length === 0 ? (
            <Panel title="Models">
              <EmptyState
                title="No models here yet"
                action={<Button onClick={() => setParams({ tab: 'new' })}>Make one from a template</Button>}
              >
                A model is a config file in a pack; a template makes one in three clicks.
              </EmptyState>
            </Panel>
          ) : (
            <div className="panel fill">
              <DataGrid
                label="Models"
                testId="models-grid"
                rows={rows}
                columns={columns}
                rowId={({ id }) => id}
                csvName="models"
                height={400}
                isMarked={({ id }) => id === modelId}
              />
            </div>
          )}
        </>
      )}
    </QueryView>
  )
}

interface PackChipProps {
  label: string
  title?: string
  count: number
  isChosen: boolean
  isBroken?: boolean
  pack: string | undefined
}

function PackChip({ label, title, count, isChosen, isBroken = false, pack }: PackChipProps) {
  return (
    <button
      type="button"
      className={isChosen ? 'chip tone-info' : 'chip'}
      aria-pressed={isChosen}
      title={title}
      onClick={() => setParams({ pack })}
    >
      {label} <span className="muted">{formatPlural(count, 'model')}</span>
      {isBroken && <span className="loss">!</span>}
    </button>
  )
}
