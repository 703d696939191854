import { describe, expect, it } from 'vitest'
import { type LuckSummary, researchRandomWalk, summariseLuck } from '#test/random-walk.ts'

const SEEDS = 200

function print(horizon: number, { traded, idle, mean, sd, quantiles, significant }: LuckSummary): void {
  const names = ['min', '5 %', '25 %', '50 %', '75 %', '95 %', 'max']
  const spread = quantiles.map((value, i) => `${names[i]} ${value.toFixed(2)}`).join(', ')
  process.stdout.write(
    `${traded} driftless walks, labels of ${horizon} days (and ${idle} without any trade): Sharpe mean ${mean.toFixed(3)}, sd ${sd.toFixed(3)} (${spread}); PSR > .95 in ${significant}\n`,
  )
}

describe('research on driftless random walks at no cost', () => {
  it.each([1, 5])(
    'centres on a Sharpe ratio of 0 and looks significant once in twenty: labels of %i days',
    (horizon) => {
      const runs = Array.from({ length: SEEDS }, (_, i) => researchRandomWalk(1000 * horizon + i, horizon))
      const luck = summariseLuck(runs)
      print(horizon, luck)
      expect(luck.idle).toBeLessThan(10)
      // Three standard errors of the mean.
      expect(Math.abs(luck.mean)).toBeLessThan((3 * luck.sd) / Math.sqrt(luck.traded))
      // A Sharpe ratio over 700 days has a standard error of √(252 / 700) a year.
      expect(luck.sd).toBeGreaterThan(0.45)
      expect(luck.sd).toBeLessThan(0.75)
      // Of 200 at 5 % so many or more are as rare as 1 in 1,000 on either side: binomial, 1 or fewer .0004, 21 or more .0011.
      expect(luck.significant).toBeGreaterThanOrEqual(2)
      expect(luck.significant).toBeLessThanOrEqual(20)
    },
    1_200_000,
  )
})
