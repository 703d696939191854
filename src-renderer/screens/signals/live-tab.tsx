import { useQuery } from '#renderer/api/use-query.ts'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId, useProfile } from '#renderer/stores/context.ts'
import { DriftPanel } from './drift-panel.tsx'
import { FillsPanel } from './fills-panel.tsx'
import { LiveFigures } from './live-figures.tsx'

/** How a model does live against its backtest, how far its rows have drifted, and the fills that tell. */
export function LiveTab() {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const linkTo = useLinkTo()
  const input = modelId === '' ? null : { params: { model_id: modelId }, query: { risk_profile: profile } }
  const query = useQuery('getModelPerformance', input)
  const models = useQuery('listModels', { query: {} }).data?.models
  const isOption = models?.find(({ id }) => id === modelId)?.asset_type === 'opt'
  return (
    <>
      {input === null ? (
        <section className="panel" aria-label="Live figures">
          <EmptyState
            title="No model chosen"
            action={
              <a className="button" href={linkTo('signals', { tab: 'board' })}>
                Live leaderboard
              </a>
            }
          >
            Choose a model above to see its live figures beside its backtest. Fills of any model can be
            imported below.
          </EmptyState>
        </section>
      ) : (
        <QueryView query={query} lines={8}>
          {(performance) => (
            <div className="columns" style={{ '--column': '400px' }}>
              <LiveFigures
                performance={performance}
                isOption={isOption}
                actions={<CopyRequest operationId="getModelPerformance" input={input} />}
              />
              <DriftPanel performance={performance} />
            </div>
          )}
        </QueryView>
      )}
      <FillsPanel modelId={modelId} profile={profile} />
    </>
  )
}
