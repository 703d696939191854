import type { SweepWork } from '#shared/contract/sweep-analysis.ts'

/** Tells the time in which folds were scored from the rest. */
export function watchWork() {
  const start = performance.now()
  let scoringSince = 0
  let [sets, trained, training] = [0, 0, 0]
  return {
    /** A set of hours begins to be scored; several may be at once. */
    begin(): void {
      if (sets++ === 0) scoringSince = performance.now()
    },
    fold(isTrained: boolean, isLast: boolean): void {
      if (isTrained) trained++
      if (isLast && --sets === 0) training += performance.now() - scoringSince
    },
    stop(): SweepWork {
      const other = performance.now() - start - training
      return { trained_folds: trained, training_seconds: training / 1000, other_seconds: other / 1000 }
    },
  }
}
