/** A stream of pseudo-random numbers that is the same for one seed on every machine. */
export interface Random {
  /** Uniform in [0, 1) with 53 random bits. */
  next: () => number
  /** Uniform integer in [0, n), n ≤ 2³². */
  nextInt: (n: number) => number
  /** Standard normal (polar method of Marsaglia). */
  nextGaussian: () => number
}

/** Starts the sfc32 generator (C. Doty-Humphrey, PractRand) from any number; equal seeds give equal streams. */
export function createRandom(seed: number): Random {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, seed)
  let a = bits.getUint32(0) | 0
  let b = bits.getUint32(4) | 0
  let c = 0x9e3779b9 | 0
  let counter = 1
  let spare = Number.NaN

  const nextUint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  // Neighbouring seeds differ in a few bits only; they have spread over the whole state after some rounds.
  for (let i = 0; i < 20; i++) nextUint32()

  const next = (): number => ((nextUint32() >>> 5) * 67108864 + (nextUint32() >>> 6)) / 9007199254740992
  const nextGaussian = (): number => {
    if (!Number.isNaN(spare)) {
      const value = spare
      spare = Number.NaN
      return value
    }
    for (;;) {
      const u = 2 * next() - 1
      const v = 2 * next() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s)
        spare = v * factor
        return u * factor
      }
    }
  }
  return { next, nextInt: (n) => Math.floor(next() * n), nextGaussian }
}
