import { describe, expect, it } from 'vitest'
import * as normalModule from '#shared/kernels/normal.ts'
import * as overfittingModule from '#shared/kernels/overfitting.ts'
import { createRandom } from '#shared/kernels/random.ts'
import * as statisticsModule from '#shared/kernels/statistics.ts'
import * as naive from '#test/naive-statistics.ts'
import { recorded } from '#test/recorded.ts'
import { classificationScores } from '#workers/models/classification-scores.ts'

const CASES = 200
const modules = [normalModule, overfittingModule, statisticsModule].map(recorded)
const { normalCdf, normalDensity, normalQuantile } = modules[0]!.used as typeof normalModule
const { blockReturns, overfittingBlocks, overfittingProbability } = modules[1]!
  .used as typeof overfittingModule
const kernel = modules[2]!.used as typeof statisticsModule

/** Series of other lengths and shapes by seed: normal, with fat tails, skewed, with many equal values. */
function draw(seed: number, length = 2 + (seed % 90)): number[] {
  const random = createRandom(seed)
  const shapes = [
    () => 0.01 * random.nextGaussian(),
    () => 0.01 * random.nextGaussian() ** 3,
    () => 0.002 - 0.01 * Math.log(random.next()),
    () => 0.01 * (random.nextInt(5) - 2),
  ]
  return Array.from({ length }, shapes[seed % 4]!)
}
const series = Array.from({ length: CASES }, (_, seed) => draw(seed))

function expectClose(given: number, expected: number, what: string, limit = 1e-12): void {
  const isSame = Number.isNaN(expected)
    ? Number.isNaN(given)
    : Math.abs(given - expected) <= limit * Math.max(1, Math.abs(expected))
  expect(isSame, `${what}: ${given} is not ${expected}`).toBe(true)
}

/** Mean rank of each value, by comparing it with every other. */
const ranks = (x: number[]) =>
  x.map(
    (each) => x.filter((other) => other < each).length + (x.filter((other) => other === each).length + 1) / 2,
  )

/** Every choice of half of the blocks, by trying all. */
function halves(blocks: number): number[][] {
  const grow = (from: number, chosen: number[]): number[][] =>
    chosen.length === blocks / 2
      ? [chosen]
      : Array.from({ length: blocks - from }, (_, i) => grow(from + i + 1, [...chosen, from + i])).flat()
  return grow(0, [])
}

/** Choose the best by Sharpe ratio on half of the days, rank it on the others, for every half. */
function overfitting(returns: number[][], blocks: number) {
  const size = Math.floor(returns[0]!.length / blocks)
  const skip = returns[0]!.length - size * blocks
  const take = (x: number[], chosen: number[]) =>
    chosen.flatMap((block) => x.slice(skip + block * size, skip + (block + 1) * size))
  return halves(blocks).map((learned) => {
    const tested = [...Array(blocks).keys()].filter((block) => !learned.includes(block))
    const figures = returns.map((x) => naive.sharpe(take(x, learned)))
    const chosen = figures.indexOf(Math.max(...figures))
    const others = returns.map((x) => naive.sharpe(take(x, tested)))
    const share = ranks(others)[chosen]! / (returns.length + 1)
    return {
      // The product's order of splits: a block is a binary digit.
      order: naive.sum(learned.map((block) => 2 ** block)),
      ...{ chosen, inside: figures[chosen]!, outside: others[chosen]!, logit: Math.log(share / (1 - share)) },
      isOver: ranks(others)[chosen]! <= (returns.length + 1) / 2,
    }
  })
}

describe('statistics against a second computation of each, on 200 random series', () => {
  it('moments, Sharpe ratio and its error', () => {
    for (const [i, x] of series.entries()) {
      const moments = kernel.momentsOf(Float64Array.from(x))
      expectClose(moments.mean, naive.mean(x), `mean ${i}`)
      expectClose(moments.std, naive.deviation(x), `std ${i}`)
      expectClose(kernel.sharpeOf(moments), naive.sharpe(x), `sharpe ${i}`)
      if (naive.moment(x, 2) === 0) continue
      expectClose(moments.skewness, naive.moment(x, 3) / naive.moment(x, 2) ** 1.5, `skewness ${i}`)
      expectClose(moments.kurtosis, naive.moment(x, 4) / naive.moment(x, 2) ** 2, `kurtosis ${i}`)
      expectClose(
        kernel.sharpeError({ ...moments, sharpe: naive.sharpe(x) }),
        naive.sharpeError(x),
        `error ${i}`,
      )
    }
  })

  it('the normal distribution by Simpson’s rule, its inverse by Newton’s method', () => {
    for (let i = 0; i < CASES; i++) {
      const z = 6 * (i / CASES - 0.5)
      expect(Math.abs(normalCdf(z) - naive.normalBelow(z))).toBeLessThan(1e-13)
      // The density is the slope of the distribution function.
      const slope = (naive.normalBelow(z + 1e-4) - naive.normalBelow(z - 1e-4)) / 2e-4
      expect(Math.abs(normalDensity(z) - slope)).toBeLessThan(1e-8)
      const p = (i + 0.5) / CASES
      expect(Math.abs(normalQuantile(p) - naive.normalAt(p))).toBeLessThan(1e-11)
    }
  })

  it('the probabilistic Sharpe ratio, and the length at which it reaches 95 %', () => {
    for (const [i, x] of series.entries()) {
      const moments = kernel.momentsOf(Float64Array.from(x))
      const sharpe = kernel.sharpeOf(moments)
      for (const benchmark of [0, 0.1, -0.2]) {
        const psr = kernel.probabilisticSharpe({ ...moments, sharpe }, benchmark)
        expectClose(psr, naive.normalBelow((naive.sharpe(x) - benchmark) / naive.sharpeError(x)), `psr ${i}`)
        const length = kernel.minTrackRecordLength({ ...moments, sharpe }, benchmark)
        // With so many days the estimate would be just significant.
        const then = kernel.probabilisticSharpe({ ...moments, sharpe, count: length }, benchmark)
        if (sharpe > benchmark && length > 1) expectClose(then, 0.95, `length ${i}`)
        else expect(Number.isNaN(length) || length <= 1, `length ${i} is ${length}`).toBe(true)
      }
    }
  })

  it('the expected maximum, the deflated Sharpe ratio and the shortest backtest', () => {
    for (let i = 0; i < CASES; i++) {
      const trials = 1 + i * 1.7
      expectClose(kernel.expectedMaximum(trials), naive.maximumOf(trials), `maximum of ${trials}`, 1e-11)
      expectClose(
        kernel.minBacktestLength(trials, 1.3),
        (naive.maximumOf(trials) / 1.3) ** 2,
        'length',
        1e-10,
      )
      expectClose(kernel.bestOfUseless(trials, 0.04), 0.2 * naive.maximumOf(trials), 'best', 1e-11)
      // Of M trials that have ρ in common, (1 − ρ) M are independent, and the common part is one more of weight ρ.
      const rho = ((i * 37) % 130) / 100 - 0.2
      const common = Math.min(1, Math.max(0, rho))
      const effective = trials > 1 ? trials - common * (trials - 1) : trials
      expectClose(kernel.effectiveTrials(trials, rho), effective, 'effective')
      const x = draw(i, 60)
      const estimate = { ...kernel.momentsOf(Float64Array.from(x)), sharpe: naive.sharpe(x) }
      const { sr0, dsr } = kernel.deflatedSharpe(estimate, trials, 0.003)
      expectClose(sr0, Math.sqrt(0.003) * naive.maximumOf(trials), 'sr0', 1e-11)
      expectClose(dsr, naive.normalBelow((naive.sharpe(x) - sr0) / naive.sharpeError(x)), 'dsr', 1e-11)
    }
  })

  it('quantiles and correlations', () => {
    for (const [i, x] of series.entries()) {
      const y = draw(i + 1000, x.length).map((each, t) => each + (i % 3) * x[t]!)
      const sorted = Float64Array.from(x).sort()
      for (const p of [0, 0.05, 0.37, 0.5, 0.95, 1]) {
        // The sample is the broken line through its order statistics at equal steps of p.
        const steps = sorted.map((_, k) => Math.max(0, 1 - Math.abs(p * (x.length - 1) - k)))
        expectClose(
          kernel.quantileOf(sorted, p),
          naive.sum([...sorted].map((v, k) => v * steps[k]!)),
          `q ${i}`,
        )
      }
      const [fx, fy] = [Float64Array.from(x), Float64Array.from(y)]
      expectClose(kernel.correlationOf(fx, fy), naive.correlation(x, y), `correlation ${i}`)
      expect([...kernel.rankOf(fx)]).toEqual(ranks(x))
      if (x.length < 3) continue
      expectClose(kernel.spearman(fx, fy), naive.correlation(ranks(x), ranks(y)), `rank correlation ${i}`)
      const third = draw(i + 2000, x.length)
      // Two columns miss other values than the series that all are held against, and one misses none.
      const gappy = fy.map((value, k) => (k % 7 === 3 ? Number.NaN : value))
      const missing = fx.map((value, k) => (k % 5 === 1 ? Number.NaN : value))
      const withGappy = kernel.spearmanWith(gappy)
      for (const each of [fx, missing, fy]) expect(withGappy(each)).toEqual(kernel.spearman(each, gappy))
      const pairs = [naive.correlation(x, y), naive.correlation(x, third), naive.correlation(y, third)]
      const correlations = kernel.createMeanCorrelation(x.length)
      for (const each of [fx, fy, Float64Array.from(third)]) correlations.add(each)
      expectClose(correlations.value(), naive.mean(pairs), `mean ${i}`)
    }
  })

  it('the probability of backtest overfitting, by trying every split', () => {
    for (let seed = 0; seed < 40; seed++) {
      const returns = Array.from({ length: 6 + (seed % 6) }, (_, c) =>
        draw(4 * (100 * seed + c), 60 + (seed % 9)),
      )
      const blocks = [4, 6, 8][seed % 3]!
      const report = overfittingProbability(returns.map((x) => blockReturns(Float64Array.from(x), blocks)))
      const splits = overfitting(returns, blocks).sort((a, b) => a.order - b.order)
      const share = (is: (each: (typeof splits)[number]) => boolean) =>
        splits.filter(is).length / splits.length
      expectClose(
        report.pbo,
        share(({ isOver }) => isOver),
        `pbo ${seed}`,
      )
      expectClose(
        report.lossProbability,
        share(({ outside }) => outside < 0),
        `loss ${seed}`,
      )
      expect([...report.chosen]).toEqual(splits.map(({ chosen }) => chosen))
      splits.forEach(({ inside, outside, logit }, k) => {
        expectClose(report.inside[k]!, inside, `inside ${seed} ${k}`)
        expectClose(report.outside[k]!, outside, `outside ${seed} ${k}`)
        expectClose(report.logits[k]!, logit, `logit ${seed} ${k}`)
      })
    }
  })

  it('the blocks that time is cut into: the largest even number up to 16 with 20 days each', () => {
    for (let days = 100; days < 400; days++) {
      const even = [16, 14, 12, 10, 8, 6].filter((blocks) => Math.floor(days / blocks) >= 20)
      expect(overfittingBlocks(days, 10)).toBe(even[0] ?? null)
      expect(overfittingBlocks(days, 9)).toBeNull()
    }
  })

  it('accuracy, macro F1 and log loss of a trained model', () => {
    for (let seed = 0; seed < CASES; seed++) {
      const random = createRandom(seed)
      const classes = 2 + (seed % 2)
      const y = Int8Array.from({ length: 1 + (seed % 50) }, () => random.nextInt(classes))
      const rows = Array.from(y, () => {
        const raw = Array.from({ length: classes }, () => 0.05 + random.next())
        return raw.map((each) => each / naive.sum(raw))
      })
      const guess = rows.map((p) => p.indexOf(Math.max(...p)))
      const scores = classificationScores(Float64Array.from(rows.flat()), y, classes)
      const f1: number[] = []
      for (let c = 0; c < classes; c++) {
        const found = guess.filter((each, i) => each === c && y[i] === c).length
        const precision = found / guess.filter((each) => each === c).length
        const recall = found / y.filter((each) => each === c).length
        if (guess.includes(c) || y.includes(c)) f1.push(found > 0 ? 2 / (1 / precision + 1 / recall) : 0)
      }
      expectClose(scores.f1, naive.mean(f1), `f1 ${seed}`)
      expectClose(
        scores.accuracy,
        naive.mean(guess.map((each, i) => Number(each === y[i]))),
        `accuracy ${seed}`,
      )
      expectClose(scores.logLoss, -naive.mean(rows.map((p, i) => Math.log(p[y[i]!]!))), `log loss ${seed}`)
    }
  })

  it('every statistic of these kernels', () => {
    expect(modules.flatMap(({ unused }) => unused())).toEqual([])
  })
})
