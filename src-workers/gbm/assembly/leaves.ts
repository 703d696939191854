/** Notes at `leafOf` which leaf each row is in, for the leaves `from` … `to` of `bounds`. */
export function markLeaves(bounds: usize, from: i32, to: i32, rows: usize, leafOf: usize): void {
  for (let leaf = from; leaf < to; leaf++) {
    const stop = rows + (load<i32>(bounds + (leaf << 3), 4) << 2)
    for (let at = rows + (load<i32>(bounds + (leaf << 3)) << 2); at < stop; at += 4)
      store<i32>(leafOf + (load<i32>(at) << 2), leaf)
  }
}

/**
 * Adds up one derivative of n rows by leaf, `count` of them. Rows stand in their order within each leaf, so one pass over all
 * rows adds up each leaf in that order too, without a jump through memory.
 */
export function sumLeaves(derivative: usize, leafOf: usize, n: i32, sums: usize, count: i32): void {
  memory.fill(sums, 0, count << 3)
  for (let r = 0; r < n; r++) {
    const at = sums + (load<i32>(leafOf + (r << 2)) << 3)
    store<f64>(at, load<f64>(at) + load<f64>(derivative + (r << 3)))
  }
}

/** Adds the value of each row's leaf to its margin, for rows from … to. */
export function addLeaves(margin: usize, leafOf: usize, values: usize, from: i32, to: i32): void {
  for (let r = from; r < to; r++) {
    const at = margin + (r << 3)
    store<f64>(at, load<f64>(at) + load<f64>(values + (load<i32>(leafOf + (r << 2)) << 3)))
  }
}
