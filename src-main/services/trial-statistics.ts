import type { NewTrial } from '#main/ledger/trials.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import { normalCdf } from '#shared/kernels/normal.ts'
import {
  bestOfUseless,
  createMeanCorrelation,
  deflatedSharpe,
  effectiveTrials,
  type Moments,
  minTrackRecordLength,
  momentsOf,
  sharpeOf,
} from '#shared/kernels/statistics.ts'

const annual = Math.sqrt(252)

type TrialFigures = Pick<RunMetrics, 'dsr' | 'sr0' | 'trials' | 'trials_effective' | 'min_track_days'>

/** What all trials of a model say about the luck of any one of them. */
export interface TrialSummary {
  count: number
  effective: number
  /** Variance of the trials' daily Sharpe ratios. */
  variance: number
}

/** What one trial adds to the count. */
export type Trial = Pick<NewTrial, 'matrix_sha' | 'daily_returns' | 'sharpe_daily'>

/**
 * Trials as they come, summed up in O(days) each. Effective number: ρ + (1 − ρ) M of the trials of each matrix, summed over matrices. ρ can
 * only be measured where series lie on the same days, and what is measured on one matrix says nothing of pairs across two: those
 * count as independent. One ρ over all would let a second look at one matrix shrink the trials of every other, and so deflate less the
 * more was tried. Rebuilt matrices of much the same days are counted too high by this, which errs towards doubt.
 */
export function createTrialPool() {
  const groups = new Map<string, { size: number; correlation: ReturnType<typeof createMeanCorrelation> }>()
  const sharpes: number[] = []
  let count = 0
  return {
    add({ matrix_sha, daily_returns, sharpe_daily }: Trial): void {
      const days = daily_returns.length
      const key = `${matrix_sha} ${days}`
      const group = groups.get(key) ?? { size: 0, correlation: createMeanCorrelation(days) }
      groups.set(key, group)
      group.size++
      group.correlation.add(daily_returns)
      count++
      if (!Number.isNaN(sharpe_daily)) sharpes.push(sharpe_daily)
    },
    summary(): TrialSummary {
      let effective = 0
      for (const { size, correlation } of groups.values())
        effective += effectiveTrials(size, correlation.value())
      const { std } = momentsOf(Float64Array.from(sharpes))
      return { count, effective, variance: Number.isNaN(std) ? 0 : std * std }
    },
  }
}
export type TrialPool = ReturnType<typeof createTrialPool>

/** Deflated Sharpe ratio of one run among all trials of its model; null where its returns do not vary. */
export function deflate(moments: Moments, trials: TrialSummary): TrialFigures {
  const sharpe = sharpeOf(moments)
  const counts = { trials: trials.count, trials_effective: trials.effective }
  if (Number.isNaN(sharpe)) return { ...counts, dsr: null, sr0: null, min_track_days: null }
  const { skewness, kurtosis, count } = moments
  const { sr0, dsr } = deflatedSharpe(
    { sharpe, count, skewness, kurtosis },
    trials.effective,
    trials.variance,
  )
  return {
    ...counts,
    sr0: finite(sr0),
    dsr: finite(dsr),
    min_track_days: finite(minTrackRecordLength({ sharpe, skewness, kurtosis })),
  }
}

/**
 * The same for a run of which only the figures are at hand: the error of a Sharpe ratio does not depend on what it is held
 * against, so that the ratio and its error are enough.
 */
export function deflateFigures(
  { sharpe, sharpe_se }: Pick<RunMetrics, 'sharpe' | 'sharpe_se'>,
  trials: TrialSummary,
): Omit<TrialFigures, 'min_track_days'> {
  const counts = { trials: trials.count, trials_effective: trials.effective }
  if (sharpe === null) return { ...counts, dsr: null, sr0: null }
  const sr0 = bestOfUseless(trials.effective, trials.variance)
  const dsr = normalCdf((sharpe - sr0 * annual) / (sharpe_se ?? Number.NaN))
  return { ...counts, sr0: finite(sr0), dsr: finite(dsr) }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
