import { barsPerSession } from '#shared/calendar/bar-times.ts'
import type { IndicatorNeed } from '#shared/catalog/indicators/define.ts'
import { resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import type { MatrixPlan } from './matrix-plan.ts'

/** What the indicators of a plan read beside its bars, and how many sessions they look back. */
export function indicatorNeeds(plan: Pick<MatrixPlan, 'indicators' | 'cadence'>) {
  const needs = new Set<IndicatorNeed>()
  let warmupSessions = 0
  let flowSessions = 0
  let isRecursive = false
  for (const spelling of plan.indicators) {
    const { indicator, params } = resolveIndicator(spelling)
    for (const need of indicator.needs ?? []) needs.add(need)
    const longest = Math.max(...[indicator.warmup(params)].flat())
    const sessions = Math.ceil(
      indicator.warmupUnit === 'sessions' ? longest : longest / barsPerSession[plan.cadence],
    )
    warmupSessions = Math.max(warmupSessions, sessions)
    if (indicator.needs?.includes('flow')) flowSessions = Math.max(flowSessions, sessions)
    isRecursive ||= indicator.recursive === true
  }
  return { needs, warmupSessions, flowSessions, isRecursive }
}
