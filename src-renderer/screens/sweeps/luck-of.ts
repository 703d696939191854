import type { LeaderboardRow } from '#renderer/api/types.ts'

export interface Luck {
  /** Best Sharpe ratio of the rows. */
  best: number | null
  /** Best that as many useless trials are expected to reach, a year as well. */
  expected: number | null
  trials: number | null
  effective: number | null
  /** Deflated Sharpe ratio of the best row. */
  dsr: number | null
}

const sessionsPerYear = 252

/** The best of some runs, and what luck alone would make of their trials; every run knows the trials of its model. */
export function luckOf(rows: readonly LeaderboardRow[]): Luck {
  const [best] = rows
    .filter(({ metrics }) => metrics.sharpe != null)
    .toSorted((a, b) => (b.metrics.sharpe ?? 0) - (a.metrics.sharpe ?? 0))
  const daily = best?.metrics.sr0 ?? null
  return {
    best: best?.metrics.sharpe ?? null,
    expected: daily === null ? null : daily * Math.sqrt(sessionsPerYear),
    trials: best?.metrics.trials ?? null,
    effective: best?.metrics.trials_effective ?? null,
    dsr: best?.metrics.dsr ?? null,
  }
}
