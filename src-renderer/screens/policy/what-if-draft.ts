import type { InputOf, ReplyOf } from '#shared/contract/index.ts'

export type WhatIf = NonNullable<InputOf<'explainRow'>['body']['what_if']>
export type Execution = ReplyOf<'explainPolicy'>['execution_effective']

/** What the sliders stand at. */
export interface Draft {
  threshold: number
  confCap: number
  momentumMin: number
  stop: number
  target: number
}

export interface Slider {
  key: keyof Draft
  label: string
  min: number
  max: number
  step: number
}

export const sliders: readonly Slider[] = [
  { key: 'threshold', label: 'Threshold', min: 0.5, max: 0.9, step: 0.005 },
  { key: 'confCap', label: 'Confidence cap (sizes by confidence)', min: 0, max: 1, step: 0.05 },
  { key: 'momentumMin', label: 'Least momentum (gate on)', min: 0, max: 3, step: 0.05 },
  { key: 'stop', label: 'Stop, ATR', min: 0.25, max: 6, step: 0.25 },
  { key: 'target', label: 'Target, ATR', min: 0.25, max: 12, step: 0.25 },
]

/** What is in force. */
export function draftOf(threshold: number, { conf_cap, momentum_min, brackets }: Execution): Draft {
  return {
    threshold,
    confCap: conf_cap,
    momentumMin: momentum_min,
    stop: brackets.atr_mult_stop,
    target: brackets.atr_mult_target,
  }
}

/**
 * The settings of a draft that differ from what is in force; null where none does. A cap that is moved sizes by confidence,
 * and a least momentum that is moved turns its gate on: else neither would do anything.
 */
export function whatIfOf(draft: Draft, inForce: Draft): WhatIf | null {
  const isMoved = (key: keyof Draft) => draft[key] !== inForce[key]
  const brackets = {
    ...(isMoved('stop') ? { atr_mult_stop: draft.stop } : {}),
    ...(isMoved('target') ? { atr_mult_target: draft.target } : {}),
  }
  const execution = {
    ...(isMoved('confCap') ? { size_by_conf: true, conf_cap: draft.confCap } : {}),
    ...(isMoved('momentumMin') ? { momentum_gate: true, momentum_min: draft.momentumMin } : {}),
    ...(Object.keys(brackets).length > 0 ? { brackets } : {}),
  }
  const whatIf = {
    ...(isMoved('threshold') ? { threshold: draft.threshold } : {}),
    ...(Object.keys(execution).length > 0 ? { execution } : {}),
  }
  return Object.keys(whatIf).length > 0 ? whatIf : null
}
