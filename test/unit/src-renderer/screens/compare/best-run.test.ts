import { describe, expect, it } from 'vitest'
import { bestRuns } from '#renderer/screens/compare/best-run.ts'

describe('the best run of a figure', () => {
  it('has the highest Sharpe and the lowest drawdown', () => {
    expect([...bestRuns('sharpe', [0.4, 1.2, -1])]).toEqual([1])
    expect([...bestRuns('max_dd', [0.4, 0.2, 0.3])]).toEqual([1])
  })

  it('is every run that shares the best value', () => {
    expect([...bestRuns('win_rate', [0.6, 0.5, 0.6])]).toEqual([0, 2])
    // What reads the same is the same to a reader.
    expect([...bestRuns('win_rate', [0.60001, 0.5, 0.60002])]).toEqual([0, 2])
  })

  it('is none where all agree, or where only one run has the figure', () => {
    expect(bestRuns('sharpe', [1, 1]).size).toBe(0)
    expect(bestRuns('sharpe', [1, null, undefined]).size).toBe(0)
  })

  it('passes over what is missing', () => {
    expect([...bestRuns('calmar', [null, -0.5, -0.2])]).toEqual([2])
  })

  it('is none for figures without a better side', () => {
    expect(bestRuns('turnover', [1, 2]).size).toBe(0)
    expect(bestRuns('trials', [1, 2]).size).toBe(0)
  })
})
