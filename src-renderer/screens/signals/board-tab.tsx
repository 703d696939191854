import type { ICellRendererParams } from 'ag-grid-community'
import { useMemo } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { definitionOf } from '#renderer/components/definition.ts'
import { formatMoney } from '#renderer/components/format.ts'
import {
  countColumn,
  metricColumn,
  numberColumn,
  percentColumn,
  textColumn,
} from '#renderer/components/grid-columns.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { formatAge } from '#renderer/components/time.ts'
import { useLinkTo, useModelId, useProfile } from '#renderer/stores/context.ts'
import { formatHash } from '#renderer/stores/hash-state.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { LiveMetrics } from '#shared/contract/signals.ts'

type Row = ReplyOf<'getSignalsLeaderboard'>['rows'][number]
type Cell = ICellRendererParams<Row>

const ModelCell = ({ data }: Cell) =>
  data && (
    <a href={formatHash('signals', { tab: 'live', model_id: data.model_id, profile: data.risk_profile })}>
      {data.model_id}
    </a>
  )

const tip = (name: keyof LiveMetrics) => ({ headerTooltip: definitionOf(LiveMetrics.properties[name]) })
const input = { query: { limit: 200 } }

/** Models that have given signals, by their live Sharpe ratio; too few trades have no figures. */
export function BoardTab() {
  const query = useQuery('getSignalsLeaderboard', input)
  const linkTo = useLinkTo()
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const least = query.data?.least ?? 0
  const columns = useMemo(() => columnsOf(least), [least])
  return (
    <section className="panel" style={{ flex: 1 }} aria-label="Live leaderboard">
      <QueryView query={query} lines={6}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState
              title="No model has given signals yet"
              action={
                <a className="button primary" href={linkTo('train')}>
                  Train a model
                </a>
              }
            >
              Models appear here with their first signal, and are ranked once fills are imported.
            </EmptyState>
          ) : (
            <DataGrid
              label="Live leaderboard"
              testId="live-board"
              rows={rows}
              columns={columns}
              rowId={(row) => `${row.model_id} ${row.risk_profile}`}
              isMarked={(row) => row.model_id === modelId && row.risk_profile === profile}
              csvName="live-leaderboard"
              height={320}
              bar={
                <>
                  <span>By live Sharpe ratio; figures from {least} closed trades on</span>
                  <CopyRequest operationId="getSignalsLeaderboard" input={input} />
                </>
              }
            />
          )
        }
      </QueryView>
    </section>
  )
}

function columnsOf(least: number): GridColumn<Row>[] {
  const enough = (name: 'sharpe' | 'win_rate' | 'expectancy' | 'cum_return' | 'max_dd') => ({
    ...metricColumn<Row>(name, ({ metrics }) => (metrics.trades < least ? null : metrics[name])),
    ...tip(name),
  })
  return [
    { ...textColumn<Row>('Model', (row) => row.model_id), cellRenderer: ModelCell, pinned: 'left' },
    textColumn<Row>('Profile', (row) => row.risk_profile),
    textColumn<Row>('Pack', (row) => row.pack_id),
    { ...countColumn<Row>('Trades', ({ metrics }) => metrics.trades), ...tip('trades') },
    ...(['sharpe', 'win_rate', 'expectancy', 'cum_return', 'max_dd'] as const).map(enough),
    { ...percentColumn<Row>('Filled', ({ metrics }) => metrics.fill_rate), ...tip('fill_rate') },
    {
      ...numberColumn<Row>('Newest', ({ metrics }) => metrics.freshness_sec),
      valueFormatter: ({ value }: { value: number | null }) => formatAge(value),
      ...tip('freshness_sec'),
    },
    {
      ...numberColumn<Row>('Capacity', ({ metrics }) => metrics.capacity),
      valueFormatter: ({ value }: { value: number | null }) => formatMoney(value, 0),
      ...tip('capacity'),
    },
  ]
}
