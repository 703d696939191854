import { pickFirstModel } from '#renderer/api/default-sweep.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { EarlierSweeps } from './earlier-sweeps.tsx'
import { SweepForm } from './sweep-form.tsx'
import { SweepResults } from './sweep-results.tsx'

/** Many configurations of one model at once. The link names the sweep that is shown (`sweep_id=`). */
export function SweepsScreen() {
  const models = useQuery('listModels', { query: {} })
  const [modelId] = useModelId()
  const linkTo = useLinkTo()
  const sweepId = useHash().params['sweep_id']
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Sweeps</h1>
      </div>
      <div className="side-by-side left">
        <div className="stack">
          <QueryView query={models} lines={10}>
            {({ models: list }) => {
              const model = list.find(({ id }) => id === modelId) ?? pickFirstModel(list)
              if (model === undefined)
                return (
                  <EmptyState
                    title="No model can be built yet"
                    action={<a href={linkTo('models')}>See the models</a>}
                  >
                    A sweep needs a model whose data is in the lake.
                  </EmptyState>
                )
              if (!model.buildable)
                return (
                  <EmptyState
                    title={`${model.id} cannot be built`}
                    action={
                      <div className="row">
                        <a href={linkTo('data')}>Import its data</a>
                        <a href={linkTo('models')}>See the models</a>
                      </div>
                    }
                  >
                    {model.reason ?? 'Its data is not in the lake.'}
                  </EmptyState>
                )
              return <SweepForm key={model.id} model={model} />
            }}
          </QueryView>
        </div>
        <div className="stack">
          {sweepId === undefined ? (
            <section className="panel" aria-label="Results">
              <EmptyState title="No sweep chosen">
                Once a sweep runs, its rows appear here one by one, and every gate opens to say why it passes
                or fails. The form of a model with data is filled with a sweep that makes sense.
              </EmptyState>
            </section>
          ) : (
            <SweepResults key={sweepId} sweepId={sweepId} />
          )}
          <EarlierSweeps current={sweepId} />
        </div>
      </div>
    </div>
  )
}
