import { clippedWindow, pickFirstModel } from '#renderer/api/default-sweep.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { BuildForm } from './build-form.tsx'
import { BuildList } from './build-list.tsx'
import { MatrixView } from './matrix-view.tsx'

/** What a model learns from. The link names the matrix (`sha=`); without one the newest build of the model is shown. */
export function MatrixScreen() {
  const models = useQuery('listModels', { query: {} })
  const series = useQuery('getDataCatalog', {})
  const [modelId] = useModelId()
  const linkTo = useLinkTo()
  const { sha } = useHash().params
  const model =
    models.data?.models.find(({ id }) => id === modelId) ?? pickFirstModel(models.data?.models ?? [])
  const builds = useQuery(
    'listBuildRuns',
    model === undefined ? null : { query: { model_id: model.id, limit: 50 } },
  )
  const shown = sha ?? builds.data?.rows[0]?.matrix_sha

  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Matrix</h1>
        {model !== undefined && (
          <span className="muted">
            {model.id} · {model.label}
          </span>
        )}
      </div>
      <QueryView query={models}>
        {() =>
          model === undefined ? (
            <EmptyState
              title="No model can be built yet"
              action={<a href={linkTo('models')}>See the models</a>}
            >
              A matrix needs a model whose data is in the lake.
            </EmptyState>
          ) : (
            <QueryView query={series} lines={1}>
              {(catalog) => (
                <BuildForm key={model.id} model={model} window={clippedWindow(model, catalog.series)} />
              )}
            </QueryView>
          )
        }
      </QueryView>
      {shown !== undefined ? (
        <MatrixView key={shown} sha={shown} />
      ) : (
        model !== undefined &&
        builds.data !== undefined && (
          <section className="panel" aria-label="Profile">
            {model.buildable ? (
              <EmptyState title="Not built yet">
                Press Build: the window is the model’s own, cut to the data that is here. What the matrix
                holds, and whether any column leaks the future, then stands below.
              </EmptyState>
            ) : (
              <EmptyState
                title={`${model.id} cannot be built`}
                action={
                  <a className="button primary" href={linkTo('data')}>
                    Import its data
                  </a>
                }
              >
                {model.reason ?? 'Its data is not in the lake.'}
              </EmptyState>
            )}
          </section>
        )
      )}
      {builds.data !== undefined && builds.data.rows.length > 0 && (
        <BuildList rows={builds.data.rows} current={shown} />
      )}
    </div>
  )
}
