import { formatCount } from '#renderer/components/format.ts'
import type { Drift } from '#shared/contract/drift.ts'

type Index = Drift['score']

export interface DriftRow extends Index {
  name: string
  isScore: boolean
  /** Shares of rows without a value; a score is never missing. */
  missing: { backtest: number; live: number } | null
}

/** The score, then the features in the order of the host: those furthest beyond their usual index first. */
export function driftRows({ score, features }: Drift): DriftRow[] {
  return [
    { ...score, name: 'Score', isScore: true, missing: null },
    ...features.map(({ feature, missing_backtest, missing_live, ...index }) => ({
      ...index,
      name: feature,
      isScore: false,
      missing: { backtest: missing_backtest, live: missing_live },
    })),
  ]
}

/** The worst of all rows, in a few words; unknown where no row has an index. */
export function summarizeDrift(rows: readonly DriftRow[]): { level: Index['level']; text: string } {
  const count = (level: Index['level']) => rows.filter((row) => row.level === level).length
  const [large, moderate] = [count('large'), count('moderate')]
  const parts = [
    ...(large > 0 ? [`${formatCount(large)} far off`] : []),
    ...(moderate > 0 ? [`${formatCount(moderate)} moved`] : []),
  ]
  if (parts.length > 0) return { level: large > 0 ? 'large' : 'moderate', text: parts.join(', ') }
  if (count('stable') > 0) return { level: 'stable', text: 'within the usual' }
  return { level: 'unknown', text: 'unknown' }
}
