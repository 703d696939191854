import type { ChainSeries } from '../define.ts'

/** A figure of one snapshot, NaN where quotes for it are missing. */
export type SnapshotMeasure = (chain: ChainSeries, snapshot: number) => number

/** Measures the snapshot of each row, once per snapshot: rows that share one follow each other. −1 gives NaN. */
export function measureRows(
  chain: ChainSeries,
  snapshots: Int32Array,
  measure: SnapshotMeasure,
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const snapshot = snapshots[i]!
    if (i > 0 && snapshot === snapshots[i - 1]) out[i] = out[i - 1]!
    else out[i] = snapshot < 0 ? Number.NaN : measure(chain, snapshot)
  }
}

/**
 * The figure of the last snapshot of each session, NaN for sessions without one. Entry k is k sessions after the first snapshot’s. A row
 * may read the entries of sessions before its own only: its own session is not over.
 */
export function measureSessions(chain: ChainSeries, measure: SnapshotMeasure): Float64Array {
  const { snapshots, session } = chain
  if (snapshots === 0) return new Float64Array(0)
  const first = session[0]!
  const figures = new Float64Array(session[snapshots - 1]! - first + 1).fill(Number.NaN)
  for (let s = 0; s < snapshots; s++) {
    if (s + 1 === snapshots || session[s + 1] !== session[s]) figures[session[s]! - first] = measure(chain, s)
  }
  return figures
}
