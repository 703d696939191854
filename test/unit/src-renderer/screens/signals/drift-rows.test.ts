import { describe, expect, it } from 'vitest'
import { driftRows, summarizeDrift } from '#renderer/screens/signals/drift-rows.ts'

const index = (level: 'unknown' | 'stable' | 'moderate' | 'large') => ({ psi: 0.1, usual: 0.2, level })
const feature = (name: string, level: Parameters<typeof index>[0]) => ({
  ...{ feature: name, missing_backtest: 0, missing_live: 0.1 },
  ...index(level),
})

describe('rows of drift', () => {
  it('begin with the score and keep the order of the features', () => {
    const rows = driftRows({
      rows: 30,
      score: index('stable'),
      features: [feature('b', 'large'), feature('a', 'stable')],
    })
    expect(rows.map(({ name }) => name)).toEqual(['Score', 'b', 'a'])
    expect(rows[1]!.missing).toEqual({ backtest: 0, live: 0.1 })
  })

  it.each([
    [['stable', 'stable'], 'stable', 'within the usual'],
    [['unknown', 'stable'], 'stable', 'within the usual'],
    [['large', 'moderate', 'large'], 'large', '2 far off, 1 moved'],
    [['stable', 'moderate'], 'moderate', '1 moved'],
    [['unknown'], 'unknown', 'unknown'],
  ] as const)('are summed up: %j', (levels, level, text) => {
    const features = levels.slice(1).map((each, i) => feature(`f${i}`, each))
    expect(summarizeDrift(driftRows({ rows: 30, score: index(levels[0]), features }))).toEqual({
      level,
      text,
    })
  })
})
