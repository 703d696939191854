/** Probabilities that differ by less are the same, but for the last digits of a division. */
const same = 1e-9

/**
 * Says so where every row of n × classes calibrated probabilities is the same: out of fold the model ranked nothing, and what is left
 * is how often each class occurred. null where rows differ.
 */
export function noteConstantScores(proba: Float64Array, classes: readonly string[]): string | null {
  const n = classes.length
  for (let i = n; i < proba.length; i++) {
    if (Math.abs(proba[i]! - proba[i % n]!) > same) return null
  }
  const shares = classes.map((name, c) => `${name} ${proba[c]!.toFixed(3)}`)
  return `out of fold the model told no row from another: every row scores the same, ${shares.join(', ')}`
}
