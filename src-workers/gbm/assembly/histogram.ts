import { SLOTS } from '../kernel-layout'

const FEATURE_BYTES: usize = SLOTS << 3

/** Rows whose cache lines are asked for before the first of them is used. */
const TOUCHED = 16

function add(at: usize, offset: usize, pair: i64): void {
  store<i64>(at + offset, load<i64>(at + offset) + pair)
}

function addRow(codes: usize, features: i32, hist: usize, pair: i64): void {
  let at = codes
  let to = hist
  let left = features
  for (; left >= 8; left -= 8) {
    const word = load<u64>(at)
    add(to + ((<usize>(word & 255)) << 3), 0, pair)
    add(to + ((<usize>((word >> 8) & 255)) << 3), FEATURE_BYTES, pair)
    add(to + ((<usize>((word >> 16) & 255)) << 3), 2 * FEATURE_BYTES, pair)
    add(to + ((<usize>((word >> 24) & 255)) << 3), 3 * FEATURE_BYTES, pair)
    add(to + ((<usize>((word >> 32) & 255)) << 3), 4 * FEATURE_BYTES, pair)
    add(to + ((<usize>((word >> 40) & 255)) << 3), 5 * FEATURE_BYTES, pair)
    add(to + ((<usize>((word >> 48) & 255)) << 3), 6 * FEATURE_BYTES, pair)
    add(to + ((<usize>(word >> 56)) << 3), 7 * FEATURE_BYTES, pair)
    at += 8
    to += 8 * FEATURE_BYTES
  }
  for (; left > 0; left--) {
    add(to + ((<usize>load<u8>(at)) << 3), 0, pair)
    at++
    to += FEATURE_BYTES
  }
}

/**
 * Sums of the packed gradients of rows[start … end) by bin, for `features` features from `first` on, a multiple of 8. Where
 * `from` is no 0, they are taken off it. Returns what touching rows read, which means nothing, so that these reads are not
 * optimised away.
 */
export function fillHistogram(
  codes: usize,
  width: usize,
  first: usize,
  features: i32,
  packed: usize,
  rows: usize,
  start: i32,
  end: i32,
  hist: usize,
  from: usize,
): u32 {
  const begin = hist + first * FEATURE_BYTES
  const bytes = <usize>features * FEATURE_BYTES
  memory.fill(begin, 0, bytes)
  // In deep nodes nearly every row is a cache miss; touching some rows ahead lets their misses overlap.
  const near = codes + first
  const far = near + ((features - 1) & ~3)
  let seen: u32 = 0
  for (let block = start; block < end; block += TOUCHED) {
    const top = rows + (block << 2)
    const stop = rows + (min(block + TOUCHED, end) << 2)
    for (let at = top; at < stop; at += 4) {
      const r = load<u32>(at)
      seen += load<u32>(near + r * width) + load<u32>(far + r * width) + load<u32>(packed + (r << 3))
    }
    for (let at = top; at < stop; at += 4) {
      const r = load<u32>(at)
      addRow(near + r * width, features, begin, load<i64>(packed + (r << 3)))
    }
  }
  if (from !== 0) subtract(from + first * FEATURE_BYTES, begin, bytes)
  return seen
}

/** from ← from − part, over `bytes`, a multiple of 16. */
function subtract(from: usize, part: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(from + at, i64x2.sub(v128.load(from + at), v128.load(part + at)))
}
