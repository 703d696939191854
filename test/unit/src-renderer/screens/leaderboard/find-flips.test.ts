import { describe, expect, it } from 'vitest'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { findFlips, flipText } from '#renderer/screens/leaderboard/find-flips.ts'

const row = (id: string, risk_profile: string, pass: boolean, value = '0.55', matrix_sha = 'a') =>
  ({
    id,
    model_id: 'm',
    config: { kind: 'thr', value, allowed_hours: '13,14', splits: 5 },
    lineage: { matrix_sha, risk_profile, risk_sha: 'r' },
    gate: { pass, reasons: [] },
  }) as unknown as LeaderboardRow

describe('rows that flip between profiles', () => {
  it('are those of one configuration with both verdicts', () => {
    const flips = findFlips([
      row('1', 'conservative', false),
      row('2', 'balanced', true),
      row('3', 'balanced', true, '0.60'),
      row('4', 'aggressive', true, '0.60'),
    ])
    expect([...flips.keys()]).toEqual(['1', '2'])
    expect(flipText(flips.get('1')!)).toBe('passes balanced, fails conservative')
  })

  it('do not mix matrices', () => {
    expect(findFlips([row('1', 'conservative', false), row('2', 'balanced', true, '0.55', 'b')]).size).toBe(0)
  })

  it('go by the newest run of each profile', () => {
    const rows = [row('1', 'balanced', false), row('2', 'conservative', true), row('10', 'balanced', true)]
    expect(findFlips(rows).size).toBe(0)
  })
})
