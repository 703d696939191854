import { knownOf } from './known-of.ts'
import { placeRanks } from './place-ranks.ts'

const TENTHS = 10
const MOST_EDGES = 15
const FLOOR = 1e-4
/** Fewer values than this say nothing about a distribution. */
export const leastForIndex = 20
/** Stretches that `usualIndex` looks at, and the share of them that stay at or below what it gives. */
const STRETCHES = 400
const USUAL = 0.95

/** Edges between the tenths of the values present, equal ones once; empty where they do not vary. */
export function tenthEdges(values: Float64Array): number[] {
  const placed = knownOf(values)
  if (placed.every((value) => value === placed[0])) return []
  const ranks: number[] = []
  for (let tenth = 1; tenth < TENTHS; tenth++) ranks.push(Math.floor((tenth * placed.length) / TENTHS))
  placeRanks(placed, ranks)
  const edges: number[] = []
  for (const rank of ranks) if (placed[rank] !== edges[edges.length - 1]) edges.push(placed[rank]!)
  return edges
}

/** Number of edges, at most 15, at or below each value. Missing values are a group of their own, the last of `edges.length + 2`. */
export function groupByEdges(values: Float64Array, edges: readonly number[]): Uint8Array {
  const bounds = new Float64Array(MOST_EDGES + 1).fill(Number.POSITIVE_INFINITY)
  bounds.set(edges)
  const most = edges.length
  const groups = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    // Halving, by adding what a comparison gives: a branch would be guessed wrong half of the time.
    let group = Number(value >= bounds[7]!) << 3
    group += Number(value >= bounds[group + 3]!) << 2
    group += Number(value >= bounds[group + 1]!) << 1
    group += Number(value >= bounds[group]!)
    groups[i] = Number.isNaN(value) ? most + 1 : Math.min(group, most)
  }
  return groups
}

export function countGroups(of: Uint8Array, groups: number): Float64Array {
  const counts = new Float64Array(groups)
  for (let i = 0; i < of.length; i++) counts[of[i]!]!++
  return counts
}

/** Population stability index Σ (q − p) ln(q / p) of counts q against the expected p; shares are floored at 0.0001. */
export function stabilityIndex(expected: Float64Array, actual: Float64Array): number {
  const before = expected.reduce((sum, count) => sum + count, 0)
  const now = actual.reduce((sum, count) => sum + count, 0)
  let index = 0
  for (let group = 0; group < expected.length; group++) {
    const p = Math.max(expected[group]! / before, FLOOR)
    const q = Math.max(actual[group]! / now, FLOOR)
    index += (q - p) * Math.log(q / p)
  }
  return index
}

/**
 * Index that 95 % of equally long stretches of a sample in time order do not pass, held against all of it: few values, or values
 * that move slowly, are far from the whole without any drift. NaN where less than two stretches fit side by side.
 */
export function usualIndex(of: Uint8Array, groups: number, length: number): number {
  const last = of.length - length
  if (length < 1 || last < length) return Number.NaN
  const whole = countGroups(of, groups)
  const step = Math.max(1, Math.floor(last / STRETCHES))
  const stretch = countGroups(of.subarray(0, length), groups)
  const indices: number[] = []
  for (let from = 0; ; from++) {
    if (from % step === 0) indices.push(stabilityIndex(whole, stretch))
    if (from === last) break
    stretch[of[from]!]!--
    stretch[of[from + length]!]!++
  }
  indices.sort((a, b) => a - b)
  return indices[Math.floor(USUAL * (indices.length - 1))]!
}
