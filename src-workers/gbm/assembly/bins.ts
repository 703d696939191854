const SIGN: u64 = 1 << 63
const DIGITS: usize = 8
const BUCKETS: usize = 256

/**
 * Sorts the values that are no NaN and returns where they stand, `keys` or `spare`; their number is left at `counts`, scratch
 * of 8 KB. By digits of integers in the order of the doubles: by the upper four, which leave few neighbours in disorder where
 * values are spread, and by all eight where they are not.
 */
export function sortKnown(values: usize, n: i32, keys: usize, spare: usize, counts: usize): usize {
  let known = 0
  for (let i = 0; i < n; i++) {
    const x = load<f64>(values + (i << 3))
    if (Number.isNaN(x)) continue
    const bits = reinterpret<u64>(x)
    store<u64>(keys + (known << 3), bits ^ (<u64>(<i64>bits >> 63) | SIGN))
    known++
  }
  let sorted = sortDigits(keys, spare, known, counts, DIGITS / 2)
  if (!tidy(sorted, known)) sorted = sortDigits(sorted, sorted === keys ? spare : keys, known, counts, 0)
  for (let i = 0; i < known; i++) {
    const at = sorted + (i << 3)
    const key = load<u64>(at)
    store<u64>(at, key ^ (<u64>(<i64>~key >> 63) | SIGN))
  }
  store<i32>(counts, known)
  return sorted
}

/** Sorts by the digits from `lowest` up, one after the other; a digit that all share is passed over. */
function sortDigits(keys: usize, spare: usize, n: i32, counts: usize, lowest: usize): usize {
  memory.fill(counts, 0, (DIGITS * BUCKETS) << 2)
  for (let i = 0; i < n; i++) {
    let key = load<u64>(keys + (i << 3)) >> ((<u64>lowest) << 3)
    for (let digit = lowest; digit < DIGITS; digit++) {
      const at = counts + (digit << 10) + ((<usize>(key & 255)) << 2)
      store<u32>(at, load<u32>(at) + 1)
      key >>= 8
    }
  }
  let from = keys
  let to = spare
  for (let digit = lowest; digit < DIGITS; digit++) {
    const places = counts + (digit << 10)
    const shift = (<u64>digit) << 3
    const first = <usize>((load<u64>(from) >> shift) & 255)
    if (n === 0 || load<u32>(places + (first << 2)) === n) continue
    let place: u32 = 0
    for (let bucket: usize = 0; bucket < BUCKETS << 2; bucket += 4) {
      const size = load<u32>(places + bucket)
      store<u32>(places + bucket, place)
      place += size
    }
    for (let i = 0; i < n; i++) {
      const key = load<u64>(from + (i << 3))
      const at = places + ((<usize>((key >> shift) & 255)) << 2)
      const slot = load<u32>(at)
      store<u32>(at, slot + 1)
      store<u64>(to + ((<usize>slot) << 3), key)
    }
    const swap = from
    from = to
    to = swap
  }
  return from
}

/** Moves keys back over larger ones before them; false when that takes more than two moves a key. */
function tidy(keys: usize, n: i32): bool {
  let moves = n << 1
  for (let i = 1; i < n; i++) {
    const key = load<u64>(keys + (i << 3))
    let at = keys + (i << 3)
    while (at > keys && load<u64>(at - 8) > key && moves > 0) {
      store<u64>(at, load<u64>(at - 8))
      at -= 8
      moves--
    }
    store<u64>(at, key)
  }
  return moves > 0 || n === 0
}

/**
 * The code of each value: how many of 256 ascending bounds lie below it; NaN has the code `missing`. All bounds are compared
 * that could matter, which costs less than to branch: the last of each 16 bounds, then the 16 among which the value lies.
 */
export function encode(values: usize, n: i32, bounds: usize, missing: i32, codes: usize): void {
  for (let i = 0; i < n; i++) {
    const x = f64x2.splat(load<f64>(values + (i << 3)))
    let below = i64x2.splat(0)
    for (let at = bounds + (15 << 3); at < bounds + (256 << 3); at += 32 << 3) {
      const lasts = f64x2.replace_lane(f64x2.splat(load<f64>(at)), 1, load<f64>(at, 16 << 3))
      below = i64x2.sub(below, f64x2.lt(lasts, x))
    }
    const block = (<usize>(i64x2.extract_lane(below, 0) + i64x2.extract_lane(below, 1))) << 4
    let within = i64x2.splat(0)
    const from = bounds + (block << 3)
    for (let at = from; at < from + (16 << 3); at += 16)
      within = i64x2.sub(within, f64x2.lt(v128.load(at), x))
    const code = block + <usize>(i64x2.extract_lane(within, 0) + i64x2.extract_lane(within, 1))
    const value = f64x2.extract_lane(x, 0)
    store<u8>(codes + i, Number.isNaN(value) ? <u8>missing : <u8>code)
  }
}

/** Row-major codes, `width` bytes a row, of columns of codes, whose places stand at `columns`. */
export function interleave(columns: usize, features: i32, n: i32, codes: usize, width: i32): void {
  const BLOCK = 256
  if (width > features) memory.fill(codes, 0, n * width)
  for (let first = 0; first < n; first += BLOCK) {
    const last = min(first + BLOCK, n)
    for (let f = 0; f < features; f++) {
      const column = load<usize>(columns + (f << 2))
      let to = codes + first * width + f
      for (let r = first; r < last; r++) {
        store<u8>(to, load<u8>(column + r))
        to += width
      }
    }
  }
}
