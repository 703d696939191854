import { useQuery } from '#renderer/api/use-query.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'

/** Whether a model is trained for a profile; undefined until that is known. */
export function useTrained(modelId: string, profile: RiskProfile): boolean | undefined {
  const model = useQuery('listModels', { query: {} }).data?.models.find(({ id }) => id === modelId)
  return model?.standing.some((each) => each.profile === profile && each.trained)
}
