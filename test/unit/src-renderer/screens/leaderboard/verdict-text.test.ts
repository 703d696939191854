import { expect, it } from 'vitest'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { verdictText } from '#renderer/screens/leaderboard/verdict-text.ts'

const verdict = (risk_profile: string, pass: boolean) => ({ risk_profile, pass, run_id: '1' })
const lineage = { risk_profile: 'balanced' } as LeaderboardRow['lineage']

it('verdicts of other profiles are told beside the row’s own, those that pass first', () => {
  const verdicts = [verdict('aggressive', true), verdict('balanced', false), verdict('conservative', false)]
  expect(verdictText({ verdicts, lineage })).toBe('passes aggressive, fails conservative')
  expect(verdictText({ verdicts: [verdict('balanced', true)], lineage })).toBe('')
  expect(verdictText({ lineage })).toBe('')
})
