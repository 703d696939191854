import { useQuery } from '#renderer/api/use-query.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'

/** Whether a model is trained for a profile; undefined until that is known. */
export function useTrained(modelId: string, profile: RiskProfile): boolean | undefined {
  const models = useQuery('listModels', { query: {} }).data?.models
  const isFor = (each: { profile: string; trained: boolean }) => each.profile === profile && each.trained
  return models?.some(({ id, standing }) => id === modelId && standing.some(isFor))
}
