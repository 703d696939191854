import type { CalibrationKind, Calibrator } from '#shared/jobs/scoring-types.ts'
import { fitIsotonic, interpolateKnots } from './fit-isotonic.ts'
import { fitPlatt } from './fit-platt.ts'
import { logit } from './logit.ts'

/** Calibrated probabilities stay this far from 0 and 1 before they are renormalised. */
export const PROBABILITY_EDGE = 1e-6
const LEAST_ISOTONIC_ROWS = 1000

/** The calibration that so many training rows bear, with a note where it is not the one asked for. */
export function calibrationFor(
  asked: CalibrationKind,
  trainRows: number,
): { kind: CalibrationKind; note: string | null } {
  if (asked !== 'isotonic' || trainRows >= LEAST_ISOTONIC_ROWS) return { kind: asked, note: null }
  const note = `sigmoid calibration was used: isotonic needs ${LEAST_ISOTONIC_ROWS} training rows, there are ${trainRows}`
  return { kind: 'sigmoid', note }
}

/**
 * One calibrator per class against the rest, fitted on raw probabilities of rows the model did not see.
 * @param proba n × classes, row-major
 */
export function fitCalibrator(
  kind: CalibrationKind,
  proba: Float64Array,
  y: Int8Array,
  weights: Float64Array,
  classes: number,
): Calibrator {
  if (kind === 'none') return { kind }
  const isTarget = new Uint8Array(y.length)
  const score = new Float64Array(y.length)
  const loadClass = (c: number, transform: (p: number) => number): void => {
    for (let i = 0; i < y.length; i++) {
      isTarget[i] = y[i] === c ? 1 : 0
      score[i] = transform(proba[i * classes + c]!)
    }
  }
  if (kind === 'sigmoid') {
    const a = new Float64Array(classes)
    const b = new Float64Array(classes)
    for (let c = 0; c < classes; c++) {
      loadClass(c, logit)
      const fit = fitPlatt(score, isTarget, weights)
      a[c] = fit.a
      b[c] = fit.b
    }
    return { kind, a, b }
  }
  const x: Float64Array[] = []
  const levels: Float64Array[] = []
  for (let c = 0; c < classes; c++) {
    loadClass(c, (p) => p)
    const fit = fitIsotonic(score, isTarget, weights)
    x.push(fit.x)
    levels.push(fit.y)
  }
  return { kind, x, y: levels }
}

/** Calibrates raw probabilities (n × classes, row-major), clips them to [1e-6, 1 − 1e-6] and renormalises each row. */
export function applyCalibrator(calibrator: Calibrator, proba: Float64Array, classes: number): Float64Array {
  const out = new Float64Array(proba.length)
  for (let at = 0; at < proba.length; at += classes) {
    let sum = 0
    for (let c = 0; c < classes; c++) {
      const p = calibrateOne(calibrator, c, proba[at + c]!)
      const clipped = Math.min(1 - PROBABILITY_EDGE, Math.max(PROBABILITY_EDGE, p))
      out[at + c] = clipped
      sum += clipped
    }
    for (let c = 0; c < classes; c++) out[at + c]! /= sum
  }
  return out
}

function calibrateOne(calibrator: Calibrator, c: number, p: number): number {
  if (calibrator.kind === 'none') return p
  if (calibrator.kind === 'sigmoid')
    return 1 / (1 + Math.exp(-(calibrator.a[c]! * logit(p) + calibrator.b[c]!)))
  return interpolateKnots({ x: calibrator.x[c]!, y: calibrator.y[c]! }, p)
}
