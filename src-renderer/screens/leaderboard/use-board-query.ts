import { useModelId, useProfile } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import type { InputOf } from '#shared/contract/index.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'

type Query = InputOf<'getLeaderboard'>['query']
export type Order = NonNullable<Query['order_by']>

export const orders: readonly { value: Order; label: string }[] = [
  { value: 'sharpe', label: 'Sharpe' },
  { value: 'score', label: 'Score' },
  { value: 'dsr', label: 'Deflated Sharpe' },
  { value: 'cum_ret', label: 'Return' },
  { value: 'sharpe_hourly', label: 'Sharpe per bar' },
  { value: 'created_at', label: 'Newest' },
]

export interface Board {
  query: Query
  profile: RiskProfile
  isEveryProfile: boolean
  isPassingOnly: boolean
  /** Only runs whose verdict depends on the profile, of every profile. */
  isFlipsOnly: boolean
  order: Order
  modelId: string
  sweepId: string | undefined
  tag: string
}

/** The leaderboard's view, read from the link. */
export function useBoardQuery(): Board {
  const { params } = useHash()
  const [profile] = useProfile()
  const [modelId] = useModelId()
  const isFlipsOnly = params['flips'] === '1'
  const isEveryProfile = params['profiles'] === 'all' || isFlipsOnly
  const isPassingOnly = params['pass_gate'] === '1' && !isFlipsOnly
  const order = orders.find(({ value }) => value === params['order_by'])?.value ?? 'sharpe'
  const sweepId = params['sweep_id']
  const tag = params['tag'] ?? ''
  const query: Query = {
    order_by: order,
    verdicts: true,
    ...(isFlipsOnly ? { flips: true } : {}),
    ...(modelId === '' ? {} : { model_id: modelId }),
    ...(isEveryProfile ? {} : { risk_profile: profile }),
    ...(isPassingOnly ? { pass_gate: true } : {}),
    ...(sweepId === undefined ? {} : { sweep_id: sweepId }),
    ...(tag === '' ? {} : { tag }),
  }
  return { query, profile, isEveryProfile, isPassingOnly, isFlipsOnly, order, modelId, sweepId, tag }
}
