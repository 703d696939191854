import { twoExp } from './exp'

const LEAST: f64 = 1e-16
const PACK: f64 = 67108864

/**
 * First and second derivative of the weighted log loss by the margin of class 1, per row. The arrays have room for one row
 * more than an odd number.
 */
export function logistic(
  margin: usize,
  y: usize,
  weights: usize,
  n: i32,
  gradient: usize,
  hessian: usize,
): void {
  const one = f64x2.splat(1)
  const least = f64x2.splat(LEAST)
  for (let i: usize = 0; i < <usize>n; i += 2) {
    const at = i << 3
    const p = f64x2.div(one, f64x2.add(one, twoExp(f64x2.neg(v128.load(margin + at)))))
    const w = v128.load(weights + at)
    const target = f64x2.convert_low_i32x4_s(
      i32x4.replace_lane(i32x4.splat(load<i8>(y + i)), 1, load<i8>(y + i, 1)),
    )
    v128.store(gradient + at, f64x2.mul(w, f64x2.sub(p, target)))
    const h = f64x2.mul(f64x2.mul(w, p), f64x2.sub(one, p))
    v128.store(hessian + at, v128.bitselect(h, least, f64x2.gt(h, least)))
  }
}

/** Largest absolute value of rows[0 … n), or of the first n where `rows` is 0. */
export function largest(values: usize, rows: usize, n: i32): f64 {
  let most: f64 = 0
  let i: i32 = 0
  if (rows === 0) {
    let two = f64x2.splat(0)
    for (; i + 2 <= n; i += 2) two = f64x2.max(two, f64x2.abs(v128.load(values + (i << 3))))
    most = Math.max(f64x2.extract_lane(two, 0), f64x2.extract_lane(two, 1))
  }
  for (; i < n; i++) {
    const row = rows === 0 ? i : load<i32>(rows + (i << 2))
    most = Math.max(most, Math.abs(load<f64>(values + (row << 3))))
  }
  return most
}

/**
 * Quantises and packs the derivatives of rows[0 … n), or of the first n where `rows` is 0; `out` gets the packed sum, and the
 * least and the largest hessian.
 */
export function pack(
  gradient: usize,
  hessian: usize,
  rows: usize,
  n: i32,
  gradientScale: f64,
  hessianScale: f64,
  packed: usize,
  out: usize,
): void {
  let low = Infinity
  let high: f64 = 0
  let sum: i64 = 0
  let i: i32 = 0
  if (rows === 0) {
    const half = f64x2.splat(0.5)
    const gScale = f64x2.splat(gradientScale)
    const hScale = f64x2.splat(hessianScale)
    let lows = f64x2.splat(Infinity)
    let highs = f64x2.splat(0)
    let sums = i64x2.splat(0)
    for (; i + 2 <= n; i += 2) {
      const at = i << 3
      const h = f64x2.floor(f64x2.add(f64x2.mul(v128.load(hessian + at), hScale), half))
      lows = f64x2.min(lows, h)
      highs = f64x2.max(highs, h)
      const g = f64x2.floor(f64x2.add(f64x2.mul(v128.load(gradient + at), gScale), half))
      const pairs = v128.shuffle<i32>(
        i32x4.trunc_sat_f64x2_s_zero(h),
        i32x4.trunc_sat_f64x2_s_zero(g),
        0,
        4,
        1,
        5,
      )
      v128.store(packed + at, pairs)
      sums = i64x2.add(sums, pairs)
    }
    low = Math.min(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1))
    high = Math.max(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1))
    sum = i64x2.extract_lane(sums, 0) + i64x2.extract_lane(sums, 1)
  }
  for (; i < n; i++) {
    const at = (rows === 0 ? i : load<i32>(rows + (i << 2))) << 3
    const h = Math.floor(load<f64>(hessian + at) * hessianScale + 0.5)
    low = Math.min(low, h)
    high = Math.max(high, h)
    const g = Math.floor(load<f64>(gradient + at) * gradientScale + 0.5)
    const pair = ((<i64>(<i32>g)) << 32) + <i64>(<i32>h)
    store<i64>(packed + at, pair)
    sum += pair
  }
  store<f64>(out, <f64>(sum >> 32) * PACK + <f64>(sum & 0xffffffff))
  store<f64>(out, low, 8)
  store<f64>(out, high, 16)
}
