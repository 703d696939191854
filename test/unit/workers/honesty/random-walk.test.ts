import { expect, it } from 'vitest'
import { researchRandomWalk, summariseLuck } from '#test/random-walk.ts'

it('research on 20 driftless random walks finds no edge on the whole, and rarely one that looks significant', () => {
  const luck = summariseLuck(Array.from({ length: 20 }, (_, i) => researchRandomWalk(i + 1, 1)))
  // 700 days leave a standard error of .6 a year, 20 of them one of .13. More than 4 of 20 at 5 % come in .3 % of such samples.
  expect(Math.abs(luck.mean)).toBeLessThan(0.5)
  expect(luck.sd).toBeGreaterThan(0.3)
  expect(luck.sd).toBeLessThan(1)
  expect(luck.significant).toBeLessThanOrEqual(4)
}, 180_000)
