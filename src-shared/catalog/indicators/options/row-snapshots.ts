import type { IndicatorInput } from '../define.ts'

/** Per row the newest snapshot of its own session that is known at its decision, −1 where there is none. */
export function ownSnapshots(input: IndicatorInput): Int32Array {
  const { asOf } = input.chain!
  const at = new Int32Array(input.rows)
  for (let i = 0; i < input.rows; i++) at[i] = ofSession(input, asOf[i]! - 1, i, 0)
  return at
}

/** Per row the first snapshot of its own session, −1 where none is known yet. */
export function firstSnapshots(input: IndicatorInput): Int32Array {
  const { asOf } = input.chain!
  const at = countEarlier(input)
  for (let i = 0; i < input.rows; i++) at[i] = at[i]! < asOf[i]! ? ofSession(input, at[i]!, i, 0) : -1
  return at
}

/** Per row the last snapshot of the session right before its own, −1 where that session has none. */
export function previousSnapshots(input: IndicatorInput): Int32Array {
  const at = countEarlier(input)
  for (let i = 0; i < input.rows; i++) at[i] = ofSession(input, at[i]! - 1, i, 1)
  return at
}

/**
 * Per row the snapshot of an end-of-day figure: the last one of the session before on intraday rows, which must not see their
 * own day's end; the newest one of their own session on daily rows.
 */
export function endOfDaySnapshots(input: IndicatorInput): Int32Array {
  return input.cadence === 'daily' ? ownSnapshots(input) : previousSnapshots(input)
}

/** `snapshot` if it belongs to the session `back` before the row's, else −1. */
function ofSession({ chain, session }: IndicatorInput, snapshot: number, row: number, back: number): number {
  return snapshot >= 0 && chain!.session[snapshot] === session[row]! - back ? snapshot : -1
}

/** Per row how many of the known snapshots are of sessions before its own. */
function countEarlier({ chain, session, rows }: IndicatorInput): Int32Array {
  const { asOf, session: taken } = chain!
  const counts = new Int32Array(rows)
  let earlier = 0
  for (let i = 0; i < rows; i++) {
    while (earlier < asOf[i]! && taken[earlier]! < session[i]!) earlier++
    counts[i] = earlier
  }
  return counts
}
