import { useEffect } from 'react'
import { type RiskProfile, riskProfiles } from '#shared/contract/schemas.ts'
import { formatHash, setParams, useHash } from './hash-state.ts'
import { usePreferences } from './preferences.ts'

const isProfile = (text: string | undefined): text is RiskProfile =>
  riskProfiles.some((known) => known === text)

/** The risk profile in force: the link's, else the remembered one. */
export function useProfile(): [RiskProfile, (profile: RiskProfile) => void] {
  const fromLink = useHash().params['profile']
  const { profile, setProfile } = usePreferences()
  const choose = (next: RiskProfile) => {
    setProfile(next)
    setParams({ profile: next, signal_id: undefined })
  }
  return [isProfile(fromLink) ? fromLink : profile, choose]
}

/** The model in force: the link's, else the remembered one; empty for all models. */
export function useModelId(): [string, (modelId: string) => void] {
  const fromLink = useHash().params['model_id']
  const { modelId, setModelId } = usePreferences()
  const choose = (next: string) => {
    setModelId(next)
    // What belongs to one model only must not outlive it in the link.
    setParams({
      ...{ model_id: next, id: undefined, sha: undefined, sweep_id: undefined, brush: undefined },
      ...{ part: undefined, trade: undefined, signal_id: undefined, position: undefined },
    })
  }
  return [fromLink ?? modelId, choose]
}

/** Puts the model of what the link opens in force: a link may name a run or a sweep alone. */
export function useOwnModel(modelId: string | undefined): void {
  const [current] = useModelId()
  useEffect(() => {
    if (modelId !== undefined && modelId !== current) setParams({ model_id: modelId })
  }, [modelId, current])
}

/** Links to screens that carry the model and profile along. */
export function useLinkTo(): (screen: string, params?: Record<string, string | undefined>) => string {
  const [profile] = useProfile()
  const [modelId] = useModelId()
  return (screen, params = {}) => formatHash(screen, { model_id: modelId, profile, ...params })
}
