import type { Forest } from '#shared/jobs/scoring-types.ts'

/** Sum of split gains per feature, largest first, the order of `features` among equals. Features never used have gain 0. */
export function gainImportance(
  forest: Forest,
  features: readonly string[],
): { feature: string; gain: number }[] {
  const gains = new Float64Array(features.length)
  for (let i = 0; i < forest.feature.length; i++) {
    const f = forest.feature[i]!
    if (f >= 0) gains[f]! += forest.gain[i]!
  }
  return features.map((feature, f) => ({ feature, gain: gains[f]! })).sort((a, b) => b.gain - a.gain)
}
