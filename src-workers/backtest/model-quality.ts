import type { FoldScores } from '#shared/jobs/scoring-types.ts'

const smallest = 1e-15

/** How good the probabilities are on labelled test rows, beside the base rates of each training part; NaN without such rows. */
export interface ModelQuality {
  logLoss: number
  logLossBase: number
  brier: number
  brierBase: number
  accuracy: number
}

export function measureModel(y: Int8Array, classes: number, folds: readonly FoldScores[]): ModelQuality {
  let rows = 0
  let logLoss = 0
  let logLossBase = 0
  let brier = 0
  let brierBase = 0
  let hits = 0
  for (const { testRows, testProba, baseRates } of folds) {
    for (let k = 0; k < testRows.length; k++) {
      const truth = y[testRows[k]!]!
      if (truth < 0) continue
      rows++
      let best = 0
      for (let c = 0; c < classes; c++) {
        const p = testProba[k * classes + c]!
        const happened = c === truth ? 1 : 0
        if (p > testProba[k * classes + best]!) best = c
        brier += (p - happened) ** 2
        brierBase += (baseRates[c]! - happened) ** 2
      }
      if (best === truth) hits++
      logLoss -= Math.log(Math.max(smallest, testProba[k * classes + truth]!))
      logLossBase -= Math.log(Math.max(smallest, baseRates[truth]!))
    }
  }
  return {
    logLoss: logLoss / rows,
    logLossBase: logLossBase / rows,
    brier: brier / rows,
    brierBase: brierBase / rows,
    accuracy: hits / rows,
  }
}
