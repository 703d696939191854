import { useQuery } from '#renderer/api/use-query.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState, LoadingState } from '#renderer/components/states.tsx'
import { useHash } from '#renderer/stores/hash-state.ts'
import { NewModelForm } from './new-model-form.tsx'
import { TemplatePicker } from './template-picker.tsx'

/** A model from a template: pick one, look at what comes of it, make it. The link names the template. */
export function NewModelTab() {
  const query = useQuery('listModelTemplates', { query: {} })
  const series = useQuery('getDataCatalog', {}).data?.series
  const models = useQuery('listModels', { query: {} }).data?.models
  const { params } = useHash()
  return (
    <QueryView query={query} lines={8}>
      {({ templates }) => {
        const chosen = templates.find(
          ({ template_id, pack }) => template_id === params['template'] && (params['pack'] ?? pack) === pack,
        )
        return (
          <div className="side-by-side left wide">
            <TemplatePicker templates={templates} chosen={chosen} />
            {chosen === undefined ? (
              <Panel title="New model">
                <EmptyState title="Choose a template">
                  It brings indicators, a label and an algorithm that fit together; everything can be changed
                  afterwards.
                </EmptyState>
              </Panel>
            ) : series === undefined || models === undefined ? (
              <LoadingState />
            ) : (
              <NewModelForm
                key={`${chosen.pack} ${chosen.template_id}`}
                template={chosen}
                series={series}
                models={models}
              />
            )}
          </div>
        )
      }}
    </QueryView>
  )
}
