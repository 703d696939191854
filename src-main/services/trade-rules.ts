import type { ExecutionEffective } from '#shared/catalog/packs/policy.ts'
import type { WhatIf } from '#shared/contract/explain-row.ts'
import type { TradeRules } from '#shared/decision/decide.ts'
import { readHours } from '#shared/decision/position.ts'
import type { ArtifactUsage, ScoredWindow } from './artifact-rows.ts'
import { whyNoBrackets } from './bracket-plan.ts'

/**
 * What is in force for the rows of an artifact. What training rested on (threshold, hours, momentum gate, sizing) stays as it was
 * judged; the rest is the policy's, as it is today.
 * @param execution the policy's settings, with those of the request in their place
 */
export function rulesInForce(
  { usage, meta }: Pick<ScoredWindow, 'usage' | 'meta'>,
  execution: ExecutionEffective,
  whatIf?: WhatIf,
): TradeRules {
  const tried = whatIf?.execution ?? {}
  const isGated = usage.momentum_column !== null
  const { brackets } = execution
  return {
    ...(whatIf?.threshold === undefined ? trainedThreshold(usage) : fixedThreshold(whatIf.threshold)),
    hours: usage.hours,
    momentumGate: tried.momentum_gate ?? isGated,
    momentumMin: tried.momentum_min ?? (isGated ? usage.momentum_min : execution.momentum_min),
    sizeByConf: tried.size_by_conf ?? usage.size_by_conf ?? execution.size_by_conf,
    confCap: tried.conf_cap ?? usage.conf_cap ?? execution.conf_cap,
    brackets: whyNoBrackets(meta) === null ? brackets : { ...brackets, enabled: false },
  }
}

export function trainedThreshold({ threshold, thresholds_by_hour = null }: ArtifactUsage) {
  return { threshold, thresholdByHour: readHours(thresholds_by_hour) }
}

const fixedThreshold = (threshold: number) => ({ threshold, thresholdByHour: null })
