import { serveSide } from '../harness/serve-side.ts'
import { type Bars, readBars } from './write-bars.ts'

type Series = Float64Array

/** Each definition written out, every window anew: slow, and simple enough to be believed. */
const definitions: Record<string, (bars: Bars) => Series[]> = {
  sma: ({ close }) => [mean(close, 20)],
  ema: ({ close }) => [average(close, 20, 2 / 21)],
  rsi: ({ close }) => {
    const change = close.map((x, i) => (i === 0 ? Number.NaN : x - close[i - 1]!))
    const gain = average(
      change.map((x) => Math.max(x, 0)),
      14,
      1 / 14,
    )
    const loss = average(
      change.map((x) => Math.max(-x, 0)),
      14,
      1 / 14,
    )
    return [gain.map((x, i) => (100 * x) / (x + loss[i]!))]
  },
  macd: ({ close }) => {
    const slow = average(close, 26, 2 / 27)
    const fast = average(
      close.map((x, i) => (i < 14 ? Number.NaN : x)),
      12,
      2 / 13,
    )
    const line = fast.map((x, i) => x - slow[i]!)
    const signal = average(line, 9, 2 / 10)
    return [line, signal, line.map((x, i) => x - signal[i]!)]
  },
  atr: (bars) => [average(trueRange(bars), 14, 1 / 14)],
  adx: (bars) => {
    const { high, low } = bars
    const up = high.map((x, i) => (i === 0 ? 0 : x - high[i - 1]!))
    const down = low.map((x, i) => (i === 0 ? 0 : low[i - 1]! - x))
    const plus = decayingSum(up.map((x, i) => (x > 0 && x > down[i]! ? x : 0)))
    const minus = decayingSum(down.map((x, i) => (x > 0 && x > up[i]! ? x : 0)))
    const range = decayingSum(trueRange(bars))
    const dx = plus.map((x, i) => (100 * Math.abs(x - minus[i]!)) / (x + minus[i]!))
    return [
      plus.map((x, i) => (100 * x) / range[i]!),
      minus.map((x, i) => (100 * x) / range[i]!),
      average(dx, 14, 1 / 14),
    ]
  },
  bb: ({ close }) => {
    const middle = mean(close, 20)
    const reach = close.map((_, i) => {
      let squares = 0
      for (let k = i - 19; k <= i; k++) squares += (close[k]! - middle[i]!) ** 2
      return 2 * Math.sqrt(squares / 20)
    })
    return [middle, middle.map((x, i) => x + reach[i]!), middle.map((x, i) => x - reach[i]!)]
  },
  stoch: ({ high, low, close }) => {
    const k = close.map((x, i) => {
      if (i < 13) return Number.NaN
      const bottom = Math.min(...low.subarray(i - 13, i + 1))
      return (100 * (x - bottom)) / (Math.max(...high.subarray(i - 13, i + 1)) - bottom)
    })
    return [k, mean(k, 3)]
  },
}

function mean(x: Series, window: number): Series {
  return x.map((_, i) => {
    let sum = 0
    for (let k = i - window + 1; k <= i; k++) sum += x[k] ?? Number.NaN
    return sum / window
  })
}

/** Recursive average, seeded with the mean of its first window of numbers. */
function average(x: Series, window: number, weight: number): Series {
  const out = new Float64Array(x.length).fill(Number.NaN)
  const first = x.findIndex((value) => !Number.isNaN(value))
  const seedAt = first + window - 1
  let sum = 0
  for (let i = first; i <= seedAt; i++) sum += x[i]!
  out[seedAt] = sum / window
  for (let i = seedAt + 1; i < x.length; i++) out[i] = (1 - weight) * out[i - 1]! + weight * x[i]!
  return out
}

/** Wilder's sum over 14 bars: the first 13 changes added, then a fourteenth part lost with each bar. */
function decayingSum(x: Series): Series {
  const out = new Float64Array(x.length).fill(Number.NaN)
  let sum = 0
  for (let i = 1; i < x.length; i++) {
    sum = i < 14 ? sum + x[i]! : (13 / 14) * sum + x[i]!
    if (i >= 14) out[i] = sum
  }
  return out
}

function trueRange({ high, low, close }: Bars): Series {
  return high.map((x, i) =>
    i === 0 ? Number.NaN : Math.max(x, close[i - 1]!) - Math.min(low[i]!, close[i - 1]!),
  )
}

await serveSide((folder, { indicator }) => {
  const bars = readBars(folder)
  let last: Series[] = []
  return {
    version: 'plain definition',
    round: () => ({
      run: () => {
        last = definitions[String(indicator)]!(bars)
      },
      output: () => Float64Array.from(last.flatMap((column) => [...column])),
    }),
  }
})
