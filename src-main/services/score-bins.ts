import type { FoldScores } from '#shared/jobs/scoring-types.ts'

/** Directional probabilities are counted in steps of a half percent. */
const BINS = 200
const PSI_GROUPS = 10
/** Fewer scores than this say nothing about a distribution. */
const LEAST_SCORES = 20
const FLOOR = 1e-4

/** Number of a score's bin. The shift keeps 0.58 from falling under its own edge by rounding. */
function binOf(p: number): number {
  return Math.min(BINS - 1, Math.floor(p * BINS + 1e-9))
}

/** Out-of-fold directional probabilities P(UP) / (P(UP) + P(DOWN)) of all folds, counted by bin. */
export function binScores(folds: readonly FoldScores[], classes: readonly string[]): number[] {
  const up = classes.indexOf('UP')
  const down = classes.indexOf('DOWN')
  const counts = new Array<number>(BINS).fill(0)
  for (const { testProba } of folds) {
    for (let at = 0; at < testProba.length; at += classes.length) {
      const p = testProba[at + up]! / (testProba[at + up]! + testProba[at + down]!)
      if (!Number.isNaN(p)) counts[binOf(p)]!++
    }
  }
  return counts
}

/**
 * Population stability index Σ (q − p) ln(q / p) of live scores q against the backtest's p, over tenths of the backtest's scores that
 * reach the lowest threshold of the live ones on either side; shares are floored at 0.0001. null with fewer than 20 on either hand.
 */
export function scoreDrift(
  bins: readonly number[],
  live: readonly number[],
  threshold: number,
): number | null {
  const reaches = (bin: number) => bin >= binOf(threshold) || bin + 1 <= BINS - binOf(threshold)
  const expected = bins.map((count, bin) => (reaches(bin) ? count : 0))
  const actual = new Array<number>(BINS).fill(0)
  for (const p of live) actual[binOf(p)]!++
  const total = sum(expected)
  if (total < LEAST_SCORES || live.length < LEAST_SCORES) return null
  let psi = 0
  let before = 0
  let [p, q] = [0, 0]
  for (let bin = 0; bin < BINS; bin++) {
    p += expected[bin]!
    q += actual[bin]!
    const group = Math.floor(((before + p) * PSI_GROUPS) / total)
    const isFull = p > 0 && group > Math.floor((before * PSI_GROUPS) / total)
    if (!(isFull && before + p < total) && bin < BINS - 1) continue
    const [e, a] = [Math.max(p / total, FLOOR), Math.max(q / live.length, FLOOR)]
    psi += (a - e) * Math.log(a / e)
    before += p
    p = 0
    q = 0
  }
  return psi
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
