import { describe, expect, it } from 'vitest'
import { ema, smooth, wilder } from '#shared/kernels/ema.ts'
import { emaSpread } from '#shared/kernels/ema-spread.ts'
import { rsi } from '#shared/kernels/rsi.ts'

const run = (fill: (out: Float64Array) => void, length: number) => {
  const out = new Float64Array(length)
  fill(out)
  return [...out]
}

describe('ema', () => {
  const x = Float64Array.of(2, 4, 9, 5, 1)

  it('starts from the mean of its first window with the sma seed', () => {
    expect(run((out) => ema(x, 3, 'sma', out), 5)).toEqual([Number.NaN, Number.NaN, 5, 5, 3])
  })

  it('starts from the first value with the first seed, and shows it once the window is full', () => {
    expect(run((out) => ema(x, 3, 'first', out), 5)).toEqual([Number.NaN, Number.NaN, 6, 5.5, 3.25])
  })

  it('begins after leading NaN and passes over a later one', () => {
    const holed = Float64Array.of(Number.NaN, 2, 4, 9, Number.NaN, 5)
    expect(run((out) => ema(holed, 3, 'sma', out), 6)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      5,
      Number.NaN,
      5,
    ])
  })

  it('stays exactly on a constant', () => {
    const flat = new Float64Array(50).fill(0.1)
    const out = run((column) => smooth(flat, 0.3, 1, 'first', column), 50)
    expect(out.every((value) => value === 0.1)).toBe(true)
  })
})

it('wilder weighs a new value 1 / period', () => {
  expect(run((out) => wilder(Float64Array.of(4, 8, 1), 2, 'sma', out), 3)).toEqual([Number.NaN, 6, 3.5])
})

it('emaSpread seeds the fast average with the last values of the slow one’s first window, after leading NaN too', () => {
  const fast = new Float64Array(6)
  const slow = new Float64Array(6)
  emaSpread(Float64Array.of(Number.NaN, 1, 2, 6, 8, 3), 2, 4, 'sma', fast, slow)
  expect([...fast]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, 7, 7 + (2 / 3) * (3 - 7)])
  expect(slow[4]).toBeCloseTo(4.25, 12)
  expect(slow[3]).toBeNaN()
})

describe('rsi', () => {
  it('is 100 without a fall, 0 without a rise, 50 without a move', () => {
    expect(run((out) => rsi(Float64Array.of(1, 2, 3, 4), 2, 'sma', out), 4).slice(2)).toEqual([100, 100])
    expect(run((out) => rsi(Float64Array.of(4, 3, 2, 1), 2, 'sma', out), 4).slice(2)).toEqual([0, 0])
    expect(run((out) => rsi(Float64Array.of(5, 5, 5, 5), 2, 'first', out), 4).slice(2)).toEqual([50, 50])
  })

  it('smooths gains and losses from the first change with the first seed', () => {
    // Changes +2, −1, +1 at weight 1/2: gains 2, 1, 1; losses 0, 0.5, 0.25.
    const [, , second, third] = run((out) => rsi(Float64Array.of(10, 12, 11, 12), 2, 'first', out), 4)
    expect(second).toBeCloseTo(100 / 1.5, 12)
    expect(third).toBeCloseTo(80, 12)
  })

  it('loses two rows to a missing price and no more', () => {
    const out = run((column) => rsi(Float64Array.of(1, 2, 3, Number.NaN, 5, 6), 2, 'sma', column), 6)
    expect(out).toEqual([Number.NaN, Number.NaN, 100, Number.NaN, Number.NaN, 100])
  })
})
