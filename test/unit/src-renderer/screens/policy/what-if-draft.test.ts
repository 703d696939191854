import { describe, expect, it } from 'vitest'
import { type Draft, whatIfOf } from '#renderer/screens/policy/what-if-draft.ts'

const inForce: Draft = { threshold: 0.55, confCap: 1, momentumMin: 0, stop: 1.5, target: 3 }

describe('what the sliders ask', () => {
  it('is nothing while all stand at what is in force', () => {
    expect(whatIfOf({ ...inForce }, inForce)).toBeNull()
  })

  it('names only what was moved', () => {
    expect(whatIfOf({ ...inForce, threshold: 0.6 }, inForce)).toEqual({ threshold: 0.6 })
    expect(whatIfOf({ ...inForce, stop: 2 }, inForce)).toEqual({
      execution: { brackets: { atr_mult_stop: 2 } },
    })
  })

  it('turns on what a cap and a least momentum need to act', () => {
    expect(whatIfOf({ ...inForce, confCap: 0.3, momentumMin: 0.5 }, inForce)).toEqual({
      execution: { size_by_conf: true, conf_cap: 0.3, momentum_gate: true, momentum_min: 0.5 },
    })
  })
})
