// e^x of two numbers at once, to the bit what Math.exp gives: x is k·ln 2 + r, and e^r comes of the rational form and the
// minimax polynomial of fdlibm (e_exp.c, Sun Microsystems 1993). Only what lies beyond ±700 is left to Math.exp itself.

/** ln 2 in two parts, of which k times the first is exact. */
const LN2_HIGH: f64 = 0.6931471803691238
const LN2_LOW: f64 = 1.9082149292705877e-10
const P1: f64 = 0.16666666666666602
const P2: f64 = -0.0027777777777015593
const P3: f64 = 6.613756321437934e-5
const P4: f64 = -1.6533902205465252e-6
const P5: f64 = 4.1381367970572385e-8
/** Up to here k is 0: the last double whose upper half is that of ln 2 / 2. */
const NEAR: u64 = (0x3fd62e43 << 32) - 1
/** Below 2⁻²⁸ the sum 1 + x is exact enough. */
const TINY: u64 = 0x3e300000 << 32

declare function oneExp(x: f64): f64

export function twoExp(x: v128): v128 {
  const size = f64x2.abs(x)
  if (v128.any_true(f64x2.gt(size, f64x2.splat(700)))) {
    const first = f64x2.splat(oneExp(f64x2.extract_lane(x, 0)))
    return f64x2.replace_lane(first, 1, oneExp(f64x2.extract_lane(x, 1)))
  }
  const one = f64x2.splat(1)
  const half = v128.or(f64x2.splat(0.5), v128.and(x, f64x2.splat(-0.0)))
  const near = f64x2.trunc(f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), half))
  const k = v128.and(near, f64x2.gt(size, f64x2.splat(reinterpret<f64>(NEAR))))
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)))
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW))
  const r = f64x2.sub(high, low)
  const t = f64x2.mul(r, r)
  let sum = f64x2.add(f64x2.splat(P4), f64x2.mul(t, f64x2.splat(P5)))
  sum = f64x2.add(f64x2.splat(P3), f64x2.mul(t, sum))
  sum = f64x2.add(f64x2.splat(P2), f64x2.mul(t, sum))
  sum = f64x2.add(f64x2.splat(P1), f64x2.mul(t, sum))
  const c = f64x2.sub(r, f64x2.mul(t, sum))
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c))
  const y = f64x2.sub(one, f64x2.sub(f64x2.sub(low, quotient), high))
  // 2^k by its exponent bits.
  const exponent = i64x2.shl(
    i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k)), i64x2.splat(1023)),
    52,
  )
  const scaled = f64x2.mul(y, exponent)
  const isTiny = f64x2.lt(size, f64x2.splat(reinterpret<f64>(TINY)))
  const unlessTiny = v128.bitselect(f64x2.add(one, x), scaled, isTiny)
  // At 1 the rational form misses the last bit, which Math.exp sets right.
  return v128.bitselect(f64x2.splat(Math.E), unlessTiny, f64x2.eq(x, one))
}
