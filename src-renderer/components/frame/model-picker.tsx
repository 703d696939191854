import type { ModelSummary } from '#renderer/api/types.ts'
import { useModelId } from '#renderer/stores/context.ts'

/** The model in force, by pack. Models that cannot be built yet are listed, and say so. */
export function ModelPicker({ models }: { models: readonly ModelSummary[] }) {
  const [modelId, setModelId] = useModelId()
  const packs = Map.groupBy(models, (model) => model.pack_id)
  return (
    <select
      className="input model-picker"
      aria-label="Model"
      data-testid="model-picker"
      value={modelId}
      title={modelId}
      onChange={(event) => setModelId(event.target.value)}
    >
      <option value="">All models</option>
      {modelId !== '' && !models.some(({ id }) => id === modelId) && (
        <option value={modelId}>{modelId}</option>
      )}
      {[...packs].map(([pack, members]) => (
        <optgroup key={pack} label={pack}>
          {members
            .toSorted((a, b) => Number(b.buildable) - Number(a.buildable))
            .map((model) => (
              <option key={model.id} value={model.id} disabled={!model.buildable}>
                {model.id}
                {model.buildable ? '' : ' (not yet)'}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  )
}
