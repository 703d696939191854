/**
 * Values −G/(H+λ) · shrinkage of the leaves. Rows stand in their order within each leaf, so one pass over all rows adds up
 * each leaf's derivatives in that order too, without a jump through memory.
 * @param leafOf scratch, one number a row of the table
 * @param sums scratch, two doubles a leaf and two more
 * @param margin 0, or every row is in a leaf and gets its value added
 */
export function finishLeaves(
  bounds: usize,
  count: i32,
  gradient: usize,
  hessian: usize,
  rows: usize,
  n: i32,
  tableRows: i32,
  lambda: f64,
  shrinkage: f64,
  leafOf: usize,
  sums: usize,
  values: usize,
  margin: usize,
): void {
  // Rows of no leaf add up behind the last one.
  if (n < tableRows) for (let r = 0; r < tableRows; r++) store<i32>(leafOf + (r << 2), count)
  for (let leaf = 0; leaf < count; leaf++) {
    const stop = rows + (load<i32>(bounds + (leaf << 3), 4) << 2)
    for (let at = rows + (load<i32>(bounds + (leaf << 3)) << 2); at < stop; at += 4)
      store<i32>(leafOf + (load<i32>(at) << 2), leaf)
  }
  memory.fill(sums, 0, (count + 1) << 4)
  for (let r = 0; r < tableRows; r++) {
    const at = sums + (load<i32>(leafOf + (r << 2)) << 4)
    store<f64>(at, load<f64>(at) + load<f64>(gradient + (r << 3)))
    store<f64>(at, load<f64>(at, 8) + load<f64>(hessian + (r << 3)), 8)
  }
  for (let leaf = 0; leaf < count; leaf++) {
    const at = sums + (leaf << 4)
    const denominator = load<f64>(at, 8) + lambda
    const value = denominator > 0 ? (-load<f64>(at) / denominator) * shrinkage : 0
    store<f64>(values + (leaf << 3), value)
  }
  if (margin === 0) return
  for (let r = 0; r < tableRows; r++) {
    const at = margin + (r << 3)
    store<f64>(at, load<f64>(at) + load<f64>(values + (load<i32>(leafOf + (r << 2)) << 3)))
  }
}
