import { useMemo } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import { buildLineage, lineageKinds } from './build-lineage.ts'
import { LineageView } from './lineage-graph.tsx'

/** What was made of what for one model, and what no longer rests on its newest matrix. */
export function LineagePanel({ modelId }: { modelId: string }) {
  const linkTo = useLinkTo()
  const ofModel = { model_id: modelId }
  const builds = useQuery('listBuildRuns', { query: { ...ofModel, limit: 50 } })
  const sweeps = useQuery('listSweeps', { query: { ...ofModel, limit: 50 } })
  const runs = useQuery('getLeaderboard', { query: { ...ofModel, order_by: 'created_at', limit: 200 } })
  const trainings = useQuery('listTrainingRuns', { query: { ...ofModel, limit: 50 } })
  const signals = useQuery('listSignals', { query: { ...ofModel, limit: 200 } })
  const graph = useMemo(() => {
    if (!builds.data || !sweeps.data || !runs.data || !trainings.data || !signals.data) return undefined
    return buildLineage({
      builds: builds.data.rows,
      sweeps: sweeps.data.rows,
      runs: runs.data.rows,
      trainings: trainings.data.rows,
      signals: signals.data.rows,
    })
  }, [builds.data, sweeps.data, runs.data, trainings.data, signals.data])
  const failed = [builds, sweeps, runs, trainings, signals].find(
    ({ error, data }) => data === undefined && error !== undefined,
  )
  const stale =
    graph === undefined
      ? 0
      : lineageKinds.slice(2).flatMap((kind) => graph.columns[kind].filter(({ isStale }) => isStale)).length
  const isEmpty = graph !== undefined && lineageKinds.every((kind) => graph.columns[kind].length === 0)
  return (
    <Panel
      title="Lineage"
      flush
      note={
        stale > 0 && (
          <Badge tone="warn" title="Made on a matrix that is no longer the newest">
            {formatPlural(stale, 'stale result')}
          </Badge>
        )
      }
    >
      {failed?.error !== undefined ? (
        <ErrorState error={failed.error} onRetry={failed.retry} />
      ) : graph === undefined ? (
        <LoadingState label="Loading the lineage" />
      ) : isEmpty ? (
        <EmptyState
          title="Nothing was made for this model yet"
          action={
            <a className="button primary" href={linkTo('matrix', { model_id: modelId })}>
              Build its matrix
            </a>
          }
        >
          Its data, matrices, sweeps, trained models and signals appear here, with the shas that tie them
          together.
        </EmptyState>
      ) : (
        <LineageView graph={graph} />
      )}
    </Panel>
  )
}
