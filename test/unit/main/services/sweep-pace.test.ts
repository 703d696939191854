import { describe, expect, it } from 'vitest'
import { foldWork, measurePace } from '#main/services/sweep-pace.ts'
import type { ModelSpec } from '#shared/jobs/scoring-types.ts'

const plan = (n_estimators: number, splits = 5) => ({
  features: ['a', 'b'],
  model: { n_estimators } as ModelSpec,
  cv: { scheme: 'walk_forward' as const, splits, embargo: 0 },
})
const finished = (training_seconds: number, trained_folds = 5) => ({
  plan: plan(100),
  rows: 1000,
  configurations: 10,
  work: { trained_folds, training_seconds, other_seconds: 2 },
})

describe('the pace of a machine', () => {
  it('is what sweeps took, by the values that their folds learned from', () => {
    const { training, configuration } = measurePace([finished(10), finished(10), finished(90)])
    expect(training * foldWork(plan(100), 1000) * 5).toBeCloseTo(10, 9)
    expect(configuration).toBe(0.2)
  })

  it('is not told by sweeps that trained nothing, and is a usual one before any sweep', () => {
    const usual = measurePace([])
    expect(usual.training).toBeGreaterThan(0)
    expect(measurePace([finished(0.01, 0)]).training).toBe(usual.training)
  })

  it('counts twice the trees as twice the work', () => {
    expect(foldWork(plan(200), 1000)).toBeCloseTo(2 * foldWork(plan(100), 1000), 12)
  })
})
