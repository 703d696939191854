/** Smallest second derivative, so that a row that is right beyond doubt still counts as one. */
const LEAST_HESSIAN = 1e-16

/** Standard logistic function. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** First and second derivative of the weighted log loss by the margin of class 1, per row. */
export function logisticGradients(
  margin: Float64Array,
  y: Int8Array,
  weights: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  for (let i = 0; i < margin.length; i++) {
    const p = sigmoid(margin[i]!)
    const w = weights[i]!
    gradient[i] = w * (p - (y[i]! === 1 ? 1 : 0))
    const h = w * p * (1 - p)
    hessian[i] = h > LEAST_HESSIAN ? h : LEAST_HESSIAN
  }
}

/** Probabilities of each row, class by class, from margins held class by class. */
export function softmaxColumns(margins: readonly Float64Array[], out: readonly Float64Array[]): void {
  const classes = margins.length
  const rows = margins[0]!.length
  for (let i = 0; i < rows; i++) {
    let top = margins[0]![i]!
    for (let c = 1; c < classes; c++) if (margins[c]![i]! > top) top = margins[c]![i]!
    let sum = 0
    for (let c = 0; c < classes; c++) {
      const e = Math.exp(margins[c]![i]! - top)
      out[c]![i] = e
      sum += e
    }
    for (let c = 0; c < classes; c++) out[c]![i]! /= sum
  }
}

/**
 * Derivatives of the weighted softmax loss by the margin of one class. The hessian carries K/(K−1), the factor of Friedman
 * (2001, eq. 38) that makes two softmax trees a round move the odds as far as one logistic tree.
 */
export function softmaxGradients(
  proba: Float64Array,
  y: Int8Array,
  weights: Float64Array,
  target: number,
  classes: number,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const factor = classes / (classes - 1)
  for (let i = 0; i < proba.length; i++) {
    const p = proba[i]!
    const w = weights[i]!
    gradient[i] = w * (p - (y[i]! === target ? 1 : 0))
    const h = factor * w * p * (1 - p)
    hessian[i] = h > LEAST_HESSIAN ? h : LEAST_HESSIAN
  }
}
