import { describe, expect, it } from 'vitest'
import { computeColumns } from '#test/indicator-suite.ts'
import { marketSeries, markets } from '#test/market-series.ts'
import { taLine } from '#test/ta-lib.ts'
import { compositions } from './compositions.ts'
import type { TaLibCheck } from './define.ts'
import { functions } from './functions.ts'

const series = markets.flatMap((market) =>
  (market === 'long' ? [1] : [1, 2, 3, 4, 5]).map((seed) => ({
    market,
    seed,
    bars: marketSeries(market, seed),
  })),
)

/** Every column in every row of every series: a number where TA-Lib has one, the same to rounding. */
function checkAgainst({ id, params, expected, unit = 0, tolerance = 1e-12 }: TaLibCheck): void {
  for (const { market, seed, bars } of series) {
    for (const each of params) {
      const columns = Object.entries(computeColumns({ name: id, params: each }, bars))
      const theirs = expected(bars, each)
      const units = typeof unit === 'function' ? unit(bars, each) : null
      expect(columns).toHaveLength(theirs.length)
      for (const [k, [name, column]] of columns.entries()) {
        for (let i = 0; i < bars.rows; i++) {
          const [ours, value] = [column[i]!, theirs[k]![i]!]
          const least = units?.[i] ?? (unit === 'price' ? bars.close[i]! : Number(unit))
          const isSame = Number.isNaN(value)
            ? Number.isNaN(ours)
            : Math.abs(ours - value) <= tolerance * Math.max(Math.abs(value), least)
          if (!isSame) throw new Error(`${name} on ${market} ${seed}, row ${i}: ${ours}, TA-Lib ${value}`)
        }
      }
    }
  }
}

describe('against the TA-Lib library', () => {
  for (const check of functions) it(`${check.id} is ${check.says}`, () => checkAgainst(check))
})

describe('against its formula in functions of the TA-Lib library', () => {
  for (const check of compositions) it(`${check.id} is ${check.says}`, () => checkAgainst(check))
})

describe('psar', () => {
  const params = [
    { step: 0.02, max_step: 0.2 },
    { step: 0.05, max_step: 0.1 },
    { step: 0.1, max_step: 1 },
  ]

  it('is SAR of TA-Lib for good once both have turned at the same bar', () => {
    for (const { market, seed, bars } of series) {
      for (const each of params) {
        const ours = Object.values(computeColumns({ name: 'psar', params: each }, bars))[0]!
        const theirs = taLine('SAR', [bars.high, bars.low], each.step, each.max_step)
        const isSame = (i: number) => Math.abs(ours[i]! - theirs[i]!) <= 1e-12 * theirs[i]!
        let last = bars.rows - 1
        while (last > 0 && isSame(last)) last--
        expect(last, `last difference on ${market} ${seed}`).toBeLessThan(100)
      }
    }
  })

  it('keeps out of the two bars before also in its first move, in which TA-Lib forgets the first bar', () => {
    for (const { bars } of series) {
      for (const each of params) {
        const stops = Object.values(computeColumns({ name: 'psar', params: each }, bars))[0]!
        const isBelow = stops[1]! <= bars.low[1]!
        for (let i = 2; i < bars.rows && stops[i]! <= bars.low[i]! === isBelow; i++) {
          const [high, low] = [bars.high.subarray(i - 2, i), bars.low.subarray(i - 2, i)]
          if (isBelow) expect(stops[i]).toBeLessThanOrEqual(Math.min(...low))
          else expect(stops[i]).toBeGreaterThanOrEqual(Math.max(...high))
        }
      }
    }
  })
})
