import { describe, expect, it } from 'vitest'
import * as episodesModule from '#shared/kernels/drawdown-episodes.ts'
import * as performanceModule from '#shared/kernels/performance.ts'
import { createRandom } from '#shared/kernels/random.ts'
import * as stabilityModule from '#shared/kernels/stability-index.ts'
import * as uniquenessModule from '#shared/kernels/uniqueness.ts'
import * as naive from '#test/naive-statistics.ts'
import { recorded } from '#test/recorded.ts'
import { isSame } from '#test/reply-places.ts'

const performance = recorded(performanceModule)
const episodes = recorded(episodesModule)
const stability = recorded(stabilityModule)
const uniqueness = recorded(uniquenessModule)

const orNaN = (value: number) => (Number.isFinite(value) ? value : Number.NaN)
function expectSame(first: number, second: number, what: string): void {
  const isEqual = isSame(first, second) || (Number.isNaN(first) && Number.isNaN(second))
  expect(isEqual, `${what} is ${first}, by its definition ${second}`).toBe(true)
}

/** Returns with flat days among them, by seed; gaps and few sizes on request. */
function draw(seed: number, length = 1 + ((seed * 7) % 90)): number[] {
  const random = createRandom(seed)
  return Array.from({ length }, () =>
    random.nextInt(6) === 0 ? 0 : 0.02 * (seed % 3 === 0 ? random.nextInt(5) - 2 : random.nextGaussian()),
  )
}

describe('figures of returns against a second computation of each', () => {
  it('Sortino ratio, drawdown, shortfall and figures of trades', () => {
    const { sortinoOf, drawdownOf, expectedShortfall, tradeFigures } = performance.used
    for (let seed = 0; seed < 200; seed++) {
      const x = draw(seed)
      const series = Float64Array.from(x)
      const below = Math.sqrt(naive.mean(x.map((r) => Math.min(r, 0) ** 2)))
      expectSame(sortinoOf(series), orNaN(naive.mean(x) / below), `sortino ${seed}`)
      const { depth, underwater, equity } = drawdownOf(series)
      expectSame(depth, naive.drawdown(x).depth, `depth ${seed}`)
      expectSame(underwater, naive.drawdown(x).underwater, `underwater ${seed}`)
      expectSame(equity, naive.equityOf(x).at(-1)!, `equity ${seed}`)
      expectSame(expectedShortfall(series), naive.shortfall(x), `shortfall ${seed}`)
      const [wins, losses] = [x.filter((r) => r > 0), x.filter((r) => r < 0)]
      const figures = tradeFigures(series)
      const second: typeof figures = {
        winRate: wins.length / x.length,
        profitFactor: orNaN(naive.sum(wins) / -naive.sum(losses)),
        expectancy: naive.mean(x),
        meanLoss: orNaN(-naive.mean(losses)),
      }
      for (const [name, value] of Object.entries(figures))
        expectSame(value, second[name as keyof typeof second], `${name} ${seed}`)
    }
    expect(performance.unused()).toEqual([])
  })

  it('every stretch below the peak, as neighbouring days with a higher equity before them', () => {
    for (let seed = 0; seed < 200; seed++) {
      const equity = naive.equityOf(draw(seed)).slice(1)
      const found = episodes.used.drawdownEpisodes(Float64Array.from(equity))
      const peaks = equity.map((_, i) => Math.max(1, ...equity.slice(0, i)))
      const text = equity.map((value, i) => (value < peaks[i]! ? 'x' : ' ')).join('')
      const second = [...text.matchAll(/x+/g)].map(({ 0: run, index: start }) => {
        const end = start + run.length
        const low = Math.min(...equity.slice(start, end))
        const recovery = end === equity.length ? -1 : end
        return { depth: 1 - low / peaks[start]!, start, trough: equity.indexOf(low, start), recovery }
      })
      expect(found.map(({ depth: _, ...rest }) => rest)).toEqual(second.map(({ depth: _, ...rest }) => rest))
      found.forEach(({ depth }, k) => {
        expectSame(depth, second[k]!.depth, `depth ${seed} ${k}`)
      })
    }
    expect(episodes.unused()).toEqual([])
  })
})

describe('how far a sample lies from another, against a second computation', () => {
  const sampleOf = (seed: number, length: number) => {
    const random = createRandom(seed)
    const one = seed % 3 === 0 ? () => random.nextInt(6) : () => random.nextGaussian() + seed / 50
    return Array.from({ length }, () => (seed % 4 === 0 && random.nextInt(5) === 0 ? Number.NaN : one()))
  }
  const { tenthEdges, groupByEdges, countGroups, stabilityIndex, usualIndex } = stability.used
  const groupsBy = (x: readonly number[], edges: readonly number[]) =>
    groupByEdges(Float64Array.from(x), edges)

  it('the stability index by counting each stretch between two edges', () => {
    for (let seed = 0; seed < 60; seed++) {
      const [before, now] = [sampleOf(seed, 150 + seed), sampleOf(seed + 12, 40 + seed)]
      const edges = tenthEdges(Float64Array.from(before))
      const counts = (x: readonly number[]) => countGroups(groupsBy(x, edges), edges.length + 2)
      expectSame(stabilityIndex(counts(before), counts(now)), naive.stability(before, now), `psi ${seed}`)
    }
  })

  it('the usual index by counting each stretch of time anew', () => {
    for (let seed = 0; seed < 12; seed++) {
      const x = sampleOf(seed, 160 + seed)
      const edges = tenthEdges(Float64Array.from(x))
      const length = 20 + 5 * seed
      const starts = Array.from({ length: x.length - length + 1 }, (_, from) => from)
      const all = starts.map((from) => naive.stability(x, x.slice(from, from + length)))
      const at = all.toSorted((a, b) => a - b)[Math.floor(0.95 * (all.length - 1))]!
      expectSame(usualIndex(groupsBy(x, edges), edges.length + 2, length), at, `usual ${seed}`)
    }
    expect(stability.unused()).toEqual([])
  })
})

it('average uniqueness and sample weights agree with counting who is alive at every bar', () => {
  const { averageUniqueness, uniquenessWeights } = uniqueness.used
  for (let seed = 0; seed < 60; seed++) {
    const random = createRandom(seed)
    const lives = Array.from({ length: 5 + seed }, () => {
      const bar = random.nextInt(50)
      return random.nextInt(8) === 0 ? { bar, exit: -1 } : { bar, exit: bar + 1 + random.nextInt(9) }
    })
    const known = lives.filter(({ exit }) => exit >= 0)
    const share = ({ bar, exit }: { bar: number; exit: number }) =>
      naive.mean(
        Array.from({ length: exit - bar }, (_, k) => bar + 1 + k).map(
          (t) => 1 / known.filter((other) => other.bar < t && t <= other.exit).length,
        ),
      )
    const bars = Int32Array.from(lives, ({ bar }) => bar)
    const exits = Int32Array.from(lives, ({ exit }) => exit)
    const given = new Float64Array(lives.length)
    averageUniqueness(
      Int32Array.from(lives, ({ bar, exit }) => (exit < 0 ? -1 : bar + 1)),
      exits,
      70,
      given,
    )
    const weights = uniquenessWeights(bars, exits, 70)
    const mean = naive.mean(known.map(share))
    lives.forEach((life, i) => {
      const second = life.exit < 0 ? 0 : share(life)
      expectSame(given[i]!, second, `uniqueness ${seed} ${i}`)
      expectSame(weights[i]!, second / mean, `weight ${seed} ${i}`)
    })
  }
  expect(uniqueness.unused()).toEqual([])
})
