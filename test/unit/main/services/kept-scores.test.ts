import { describe, expect, it } from 'vitest'
import { keepScores } from '#main/services/kept-scores.ts'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'

const fold = (testRows: number[], testProba: number[]) =>
  ({ testRows: Int32Array.from(testRows), testProba: Float64Array.from(testProba) }) as FoldScores

const classes = ['DOWN', 'FLAT', 'UP']
const ts = Float64Array.from({ length: 200 }, (_, row) => 1000 + row)

describe('kept scores', () => {
  it('are directional probabilities in the order of time, each by its tenth', () => {
    // Odd rows are tested first, and row 7 has no direction.
    const proba = (row: number) => (row === 7 ? [0, 1, 0] : [(1 - row / 200) / 2, 0.5, row / 400])
    const odd = Array.from({ length: 100 }, (_, i) => 2 * i + 1)
    const even = odd.map((row) => row - 1)
    const kept = keepScores([fold(odd, odd.flatMap(proba)), fold(even, even.flatMap(proba))], classes, ts)!
    expect(kept.tenths).toHaveLength(199)
    expect(kept.tenths).toBe([...kept.tenths].sort().join(''))
    expect(kept.edges).toHaveLength(9)
    expect([kept.from, kept.to]).toEqual([1000, 1199])
    for (const tenth of '0123456789') expect(kept.tenths.split(tenth).length - 1).toBeCloseTo(20, -1)
  })

  it('are the mean where several folds test a row', () => {
    const kept = keepScores(
      [fold([0, 1], [0.8, 0, 0.2, 0.8, 0, 0.2]), fold([0], [0.2, 0, 0.8])],
      classes,
      ts,
    )!
    expect(kept.edges.at(-1)).toBeCloseTo(0.5, 12)
    expect(kept.tenths).toHaveLength(2)
    expect(Number(kept.tenths[0])).toBeGreaterThan(Number(kept.tenths[1]))
  })

  it('are not kept where nothing was tested', () => {
    expect(keepScores([fold([], [])], classes, ts)).toBeNull()
  })
})
