import { expect, it } from 'vitest'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { luckOf } from '#renderer/screens/sweeps/luck-of.ts'

const row = (sharpe: number | null, dsr: number | null) =>
  ({ metrics: { sharpe, dsr, sr0: 0.1, trials: 40, trials_effective: 30.5 } }) as LeaderboardRow

it('luck is held against the best row by the year, and against nothing where no row traded', () => {
  expect(luckOf([row(0.5, 0.1), row(2, 0.7), row(null, null)])).toEqual({
    best: 2,
    expected: 0.1 * Math.sqrt(252),
    trials: 40,
    effective: 30.5,
    dsr: 0.7,
  })
  expect(luckOf([row(null, null)])).toMatchObject({ best: null, expected: null })
})
