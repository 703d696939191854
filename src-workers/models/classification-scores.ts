/**
 * Accuracy, macro F1 (mean over the classes that occur or are predicted) and log loss of row-major n × classes probabilities.
 * The predicted class is the most probable one, the first of equals. NaN without rows.
 */
export function classificationScores(
  proba: Float64Array,
  y: Int8Array,
  classes: number,
): { accuracy: number; f1: number; logLoss: number } {
  const hits = new Float64Array(classes)
  const predicted = new Float64Array(classes)
  const actual = new Float64Array(classes)
  let right = 0
  let loss = 0
  for (let i = 0; i < y.length; i++) {
    let best = 0
    for (let c = 1; c < classes; c++) if (proba[i * classes + c]! > proba[i * classes + best]!) best = c
    const truth = y[i]!
    predicted[best]!++
    actual[truth]!++
    loss -= Math.log(proba[i * classes + truth]!)
    if (best === truth) {
      hits[truth]!++
      right++
    }
  }
  let f1 = 0
  let seen = 0
  for (let c = 0; c < classes; c++) {
    const size = predicted[c]! + actual[c]!
    if (size === 0) continue
    f1 += (2 * hits[c]!) / size
    seen++
  }
  return { accuracy: right / y.length, f1: f1 / seen, logLoss: loss / y.length }
}
