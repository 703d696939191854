import type { ModelTrials } from '#main/ledger/trials.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import { normalCdf } from '#shared/kernels/normal.ts'
import {
  bestOfUseless,
  deflatedSharpe,
  effectiveTrials,
  meanCorrelation,
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

/**
 * Effective number: ρ + (1 − ρ) M of the trials of each matrix, summed over matrices. ρ can only be measured where series lie on the same
 * days, and what is measured on one matrix says nothing of pairs across two: those count as independent. One ρ over all would let
 * a second look at one matrix shrink the trials of every other, and so deflate less the more was tried. Rebuilt matrices of much the same
 * days are counted too high by this, which errs towards doubt.
 */
export function summariseTrials({ count, sharpes, series, matrices }: ModelTrials): TrialSummary {
  const groups = new Map<string, Float64Array[]>()
  for (const [i, each] of series.entries()) {
    const key = `${matrices[i]} ${each.length}`
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  let effective = 0
  for (const group of groups.values()) effective += effectiveTrials(group.length, meanCorrelation(group))
  const known = sharpes.filter((sharpe) => !Number.isNaN(sharpe))
  const { std } = momentsOf(known)
  return { count, effective, variance: Number.isNaN(std) ? 0 : std * std }
}

/** Deflated Sharpe ratio of one run among all trials of its model; null where its returns do not vary. */
export function deflate(dailyReturn: Float64Array, trials: TrialSummary): TrialFigures {
  const moments = momentsOf(dailyReturn)
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

/** Sharpe ratio per day, NaN where the returns do not vary. */
export function dailySharpe(dailyReturn: Float64Array): number {
  return sharpeOf(momentsOf(dailyReturn))
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
