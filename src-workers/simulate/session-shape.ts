/** Minutes of a full session and of a half day. */
export const fullMinutes = 390
export const halfMinutes = 210

/** Share of a session's close-to-close variance that falls between its open and its close. */
export const openShare = 0.75

/** Variance of each minute relative to a whole full session: high at the open, low at noon, higher into the close. */
export const varianceShape = normalise(
  (m) => 1 + 1.9 * Math.exp(-m / 22) + 0.7 * Math.exp((m - fullMinutes) / 30),
)

/** Volume of each minute relative to a whole full session: the smile. */
export const volumeShape = normalise(
  (m) => 1 + 1.6 * Math.exp(-m / 18) + 2.6 * Math.exp((m - fullMinutes) / 16),
)

/** First minute of the session in a clock hour, and the first minute of the next one, cut at the close. */
export function minutesOfHour(hour: number, minutes: number): { from: number; to: number } {
  return { from: Math.max(0, hour * 60 - 570), to: Math.min(minutes, hour * 60 - 510) }
}

/** Half days end before the closing rush: they take the shape of a full session's first minutes and of its close. */
export function shapeMinute(minute: number, minutes: number): number {
  return minutes === fullMinutes || minute < minutes - 30 ? minute : minute + fullMinutes - minutes
}

/** Standard deviation of the return over minutes from … to − 1 in a session of the given close-to-close one. */
export function hourDeviation(sigma: number, from: number, to: number, minutes: number): number {
  let sum = 0
  for (let m = from; m < to; m++) sum += varianceShape[shapeMinute(m, minutes)]!
  return sigma * Math.sqrt(openShare * sum)
}

/** Shape summed from a minute to the session's end, for full sessions and half days. */
export function remainingShape(shape: Float64Array, minutes: number): Float64Array {
  const remaining = new Float64Array(minutes + 1)
  for (let m = minutes - 1; m >= 0; m--) remaining[m] = remaining[m + 1]! + shape[shapeMinute(m, minutes)]!
  return remaining
}

function normalise(height: (minute: number) => number): Float64Array {
  const shape = new Float64Array(fullMinutes)
  let sum = 0
  for (let m = 0; m < fullMinutes; m++) {
    shape[m] = height(m)
    sum += shape[m]!
  }
  for (let m = 0; m < fullMinutes; m++) shape[m]! /= sum
  return shape
}
