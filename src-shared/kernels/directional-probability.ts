import { SigmaError } from '#shared/errors.ts'

/**
 * P(UP) / (P(UP) + P(DOWN)) of each row, NaN where both are 0. With FLAT as a class of its own P(UP) seldom passes one half.
 * @param proba row-major, rows × classes
 * @throws INVALID_PARAM without the classes UP and DOWN
 */
export function directionalProbability(proba: Float64Array, classes: readonly string[]): Float64Array {
  const up = classes.indexOf('UP')
  const down = classes.indexOf('DOWN')
  if (up < 0 || down < 0) {
    throw new SigmaError(
      'INVALID_PARAM',
      `a strategy needs the classes UP and DOWN, got ${classes.join(', ')}`,
    )
  }
  const width = classes.length
  const p = new Float64Array(proba.length / width)
  for (let i = 0; i < p.length; i++) {
    const pUp = proba[i * width + up]!
    p[i] = pUp / (pUp + proba[i * width + down]!)
  }
  return p
}
