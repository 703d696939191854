import type { LeaderboardRow } from '#renderer/api/types.ts'

/** One configuration on one matrix, gated under several profiles with different outcomes. */
export interface Flip {
  /** Profiles whose newest run passes. */
  passes: string[]
  fails: string[]
}

/**
 * Runs whose verdict depends on the risk profile, by run id. Of several runs of a configuration under one profile the newest
 * counts, as a budget may have changed between them.
 */
export function findFlips(rows: readonly LeaderboardRow[]): Map<string, Flip> {
  const flips = new Map<string, Flip>()
  for (const members of Map.groupBy(rows, configurationOf).values()) {
    const newest = new Map<string, LeaderboardRow>()
    for (const row of members) {
      const known = newest.get(row.lineage.risk_profile)
      if (known === undefined || Number(row.id) > Number(known.id)) newest.set(row.lineage.risk_profile, row)
    }
    const verdicts = [...newest.values()]
    const profiles = (pass: boolean) =>
      verdicts.filter(({ gate }) => gate.pass === pass).map(({ lineage }) => lineage.risk_profile)
    const flip = { passes: profiles(true), fails: profiles(false) }
    if (flip.passes.length === 0 || flip.fails.length === 0) continue
    for (const { id } of verdicts) flips.set(id, flip)
  }
  return flips
}

const configurationOf = ({ model_id, config, lineage }: LeaderboardRow): string =>
  [
    model_id,
    config.kind,
    config.value,
    config.allowed_hours ?? '',
    config.splits ?? '',
    lineage.matrix_sha,
  ].join('|')

/** "passes conservative, fails balanced". */
export const flipText = ({ passes, fails }: Flip): string =>
  `passes ${passes.join(', ')}, fails ${fails.join(', ')}`
