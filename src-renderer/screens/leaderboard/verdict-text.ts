import type { LeaderboardRow } from '#renderer/api/types.ts'

/** "passes conservative, fails aggressive": verdicts on the same configuration under profiles other than the row's own. */
export function verdictText({
  verdicts = [],
  lineage,
}: Pick<LeaderboardRow, 'verdicts' | 'lineage'>): string {
  const others = verdicts.filter(({ risk_profile }) => risk_profile !== lineage.risk_profile)
  const named = (pass: boolean) =>
    others.filter((verdict) => verdict.pass === pass).map(({ risk_profile }) => risk_profile)
  const [passes, fails] = [named(true), named(false)]
  return [
    ...(passes.length > 0 ? [`passes ${passes.join(', ')}`] : []),
    ...(fails.length > 0 ? [`fails ${fails.join(', ')}`] : []),
  ].join(', ')
}
