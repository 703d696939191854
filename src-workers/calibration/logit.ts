/** Probabilities are held this far from 0 and 1 before their logit is taken, here and in the ONNX graph. */
export const LOGIT_EDGE = 1e-12

/** log(p / (1 − p)) of a probability clipped to [1e-12, 1 − 1e-12]. */
export function logit(p: number): number {
  const clipped = Math.min(1 - LOGIT_EDGE, Math.max(LOGIT_EDGE, p))
  return Math.log(clipped) - Math.log(1 - clipped)
}
