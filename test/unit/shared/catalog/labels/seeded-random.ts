/** Seeded numbers in [0, 1): the minimal standard generator (Park & Miller 1988). */
export function createRandom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
