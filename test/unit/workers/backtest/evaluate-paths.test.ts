import { describe, expect, it } from 'vitest'
import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { randomCase, seeded } from './random-case.ts'

const still = { report: () => {}, cancelled: () => false }
const groups = 4
const base = randomCase({
  ...{ seed: 11, sessions: 160, barsPerSession: 7, horizonBars: 2, slippageBps: 1 },
  fill: 'next_open',
})
const { rows } = base.rows
const edge = (group: number) => Math.floor((group * rows) / groups)
const rowsOf = (group: number) =>
  Int32Array.from({ length: edge(group + 1) - edge(group) }, (_, i) => edge(group) + i)

/** A split that tests some groups with random scores; its thresholds are given, so nothing is chosen inside. */
function splitOf(fold: number, tested: readonly number[], random: () => number): FoldScores {
  const testRows = Int32Array.from(tested.flatMap((group) => [...rowsOf(group)]))
  const testProba = new Float64Array(testRows.length * 3)
  for (let i = 0; i < testRows.length; i++) {
    const up = random()
    testProba.set([1 - up, 0, up], i * 3)
  }
  return { ...base.folds[0]!, fold, testRows, testProba }
}
const random = seeded(3)
const pairs = Array.from({ length: groups }, (_, i) => i).flatMap((i) =>
  Array.from({ length: groups - i - 1 }, (_, j) => [i, i + 1 + j] as const),
)
const splits = pairs.map((pair, fold) => splitOf(fold, pair, random))
const evaluate = (folds: FoldScores[]) =>
  evaluateConfigs({ ...base, folds } satisfies EvaluateInput, still)[0]!

/** The part of a split that tests one group, as a split of its own. */
function partOf(split: FoldScores, group: number): FoldScores {
  const at = [...split.testRows.keys()].filter((k) => {
    const row = split.testRows[k]!
    return row >= edge(group) && row < edge(group + 1)
  })
  return {
    ...split,
    testRows: Int32Array.from(at, (k) => split.testRows[k]!),
    testProba: Float64Array.from(at.flatMap((k) => [...split.testProba.subarray(k * 3, k * 3 + 3)])),
  }
}

describe('paths of a combinatorial cross-validation', () => {
  const { paths, session } = evaluate(splits)

  it('are as many as the splits that test each group', () => {
    expect(paths!.equity).toHaveLength(3)
    for (const series of paths!.equity) expect(series).toHaveLength(session.length)
  })

  it.each([0, 1, 2])('path %i is what its parts come to as one run of their own', (path) => {
    const parts = Array.from({ length: groups }, (_, group) => {
      const testing = splits.filter((_, k) => pairs[k]!.includes(group as 0))
      return partOf(testing[path]!, group)
    })
    const alone = evaluate(parts)
    expect(paths!.sharpe[path]).toBe(alone.metrics.sharpe)
    expect(paths!.equity[path]).toEqual(alone.equity)
  })

  it('sum up in mean, standard deviation and worst', () => {
    const sharpes = paths!.sharpe as number[]
    expect(new Set(sharpes).size).toBe(3)
    const mean = (sharpes[0]! + sharpes[1]! + sharpes[2]!) / 3
    expect(paths!.mean).toBeCloseTo(mean, 12)
    const squares = sharpes.reduce((sum, each) => sum + (each - mean) ** 2, 0)
    expect(paths!.std).toBeCloseTo(Math.sqrt(squares / 2), 12)
    expect(paths!.min).toBe(Math.min(...sharpes))
  })

  it('are as many as every group still has where a split was skipped, and none where rows are tested once', () => {
    const without = splits.map((split, k) => (k === 0 ? { ...split, skipped: 'one class only' } : split))
    expect(evaluate(without).paths!.equity).toHaveLength(2)
    expect(evaluate(base.folds).paths).toBeNull()
  })
})
