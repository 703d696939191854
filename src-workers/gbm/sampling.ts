import type { Random } from '#shared/kernels/random.ts'

/** Fills `out` with `k` of the numbers 0 … n−1, ascending, each set equally likely (Knuth, TAOCP 2, algorithm 3.4.2 S). */
export function sampleAscending(random: Random, n: number, k: number, out: Int32Array): void {
  let taken = 0
  for (let i = 0; i < n && taken < k; i++) {
    if (random.next() * (n - i) < k - taken) out[taken++] = i
  }
}

/** How often each of n rows is drawn in `draws` draws with replacement. */
export function bootstrapCounts(random: Random, n: number, draws: number, out: Float64Array): void {
  out.fill(0)
  for (let i = 0; i < draws; i++) out[random.nextInt(n)]!++
}

/** 0 … n−1. */
export function firstIntegers(n: number): Int32Array {
  const out = new Int32Array(n)
  for (let i = 0; i < n; i++) out[i] = i
  return out
}
