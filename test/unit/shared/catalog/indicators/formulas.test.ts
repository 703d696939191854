import { describe, expect, it } from 'vitest'
import { indicatorInput } from '#test/indicator-input.ts'
import { computeColumns } from '#test/indicator-suite.ts'
import { correlation, entropy, hurst, mean, sum, variance } from '#test/textbook.ts'

/*
 * Each indicator against its textbook definition, written with plain lists and looking back from one bar, the way a reader
 * would check it by hand.
 */
const input = indicatorInput('daily', 150)
const row = 140
const { open, high, low, close, volume } = input

type Series = (i: number) => number

const back = (count: number, f: Series, at = row) =>
  Array.from({ length: count }, (_, k) => f(at - count + 1 + k))
const sma =
  (window: number, f: Series): Series =>
  (i) =>
    mean(back(window, f, i))
const wma =
  (window: number, f: Series): Series =>
  (i) =>
    sum(back(window, f, i).map((x, k) => x * (k + 1))) / ((window * (window + 1)) / 2)

/** Exponential average that starts as the mean of the first `window` values from bar `start` on. */
function ema(window: number, f: Series, start = 0, weight = 2 / (window + 1)): Series {
  const values: number[] = []
  let average = mean(back(window, f, start + window - 1))
  values[start + window - 1] = average
  for (let i = start + window; i <= row; i++) {
    average = weight * f(i) + (1 - weight) * average
    values[i] = average
  }
  return (i) => values[i]!
}

const at =
  (x: Float64Array): Series =>
  (i) =>
    x[i]!
const price = at(close)
const middle: Series = (i) => (high[i]! + low[i]!) / 2
const typical: Series = (i) => (high[i]! + low[i]! + close[i]!) / 3
const change: Series = (i) => close[i]! / close[i - 1]! - 1
const range: Series = (i) => high[i]! - low[i]!
const trueRange: Series = (i) =>
  Math.max(range(i), Math.abs(high[i]! - close[i - 1]!), Math.abs(low[i]! - close[i - 1]!))
const top = (window: number, i = row) => Math.max(...back(window, at(high), i))
const bottom = (window: number, i = row) => Math.min(...back(window, at(low), i))
const flow: Series = (i) => (volume[i]! * (close[i]! - low[i]! - (high[i]! - close[i]!))) / range(i)
const distribution: Series = (i) => sum(back(i + 1, flow, i))

/** Smoothing that starts from the first value. */
function fromFirst(window: number, f: Series): Series {
  const values = [f(0)]
  for (let i = 1; i <= row; i++) values[i] = values[i - 1]! + (2 / (window + 1)) * (f(i) - values[i - 1]!)
  return (i) => values[i]!
}

function volumeForce(): Series {
  const force: number[] = []
  let trend = 0
  let cumulative = 0
  for (let i = 1; i <= row; i++) {
    const now = typical(i) > typical(i - 1) ? 1 : -1
    cumulative = now === trend ? cumulative + range(i) : range(i - 1) + range(i)
    trend = now
    force[i] = 100 * trend * volume[i]! * Math.abs((2 * range(i)) / cumulative - 1)
  }
  return (i) => force[i]!
}

function adaptive(start: number, from: number, weight: Series, f: Series): number {
  let average = from
  for (let i = start; i <= row; i++) average += weight(i) * (f(i) - average)
  return average
}

function frama(): number {
  const weight: Series = (i) => {
    const older = (top(8, i - 8) - bottom(8, i - 8)) / 8
    const newer = (top(8, i) - bottom(8, i)) / 8
    const whole = (top(16, i) - bottom(16, i)) / 16
    const dimension = (Math.log(older + newer) - Math.log(whole)) / Math.log(2)
    return Math.min(1, Math.max(0.01, Math.exp(-4.6 * (dimension - 1))))
  }
  return adaptive(16, middle(15), weight, middle)
}

function relativeStrength(period: number, f: Series): number {
  const gain = ema(period, (i) => Math.max(0, f(i) - f(i - 1)), 1, 1 / period)(row)
  const loss = ema(period, (i) => Math.max(0, f(i - 1) - f(i)), 1, 1 / period)(row)
  return 100 - 100 / (1 + gain / loss)
}

function streak(i: number): number {
  if (i === 0 || close[i] === close[i - 1]) return 0
  const sign = Math.sign(close[i]! - close[i - 1]!)
  const before = streak(i - 1)
  return Math.sign(before) === sign ? before + sign : sign
}

const averageRange = ema(10, trueRange, 1, 1 / 10)
const swma =
  (f: Series): Series =>
  (i) =>
    (f(i) + 2 * f(i - 1) + 2 * f(i - 2) + f(i - 3)) / 6
const vigor: Series = (i) =>
  sum(
    back(
      10,
      swma((k) => close[k]! - open[k]!),
      i,
    ),
  ) / sum(back(10, swma(range), i))
const rate =
  (lag: number): Series =>
  (i) =>
    100 * (close[i]! / close[i - lag]! - 1)
const knowSure: Series = (i) =>
  sma(10, rate(10))(i) + 2 * sma(10, rate(15))(i) + 3 * sma(10, rate(20))(i) + 4 * sma(15, rate(30))(i)
const satchell: Series = (i) =>
  Math.log(high[i]! / close[i]!) * Math.log(high[i]! / open[i]!) +
  Math.log(low[i]! / close[i]!) * Math.log(low[i]! / open[i]!)
const once = ema(20, price)
const twice = ema(20, once, 19)
const thrice = ema(20, twice, 38)
const gaussian = Array.from({ length: 9 }, (_, k) => Math.exp(-((k - 0.85 * 8) ** 2) / (2 * (9 / 6) ** 2)))
const force = volumeForce()
const klinger: Series = (() => {
  const fast = ema(34, force, 22)
  const slow = ema(55, force, 1)
  return (i) => fast(i) - slow(i)
})()

const definitions: [string, string, () => number][] = [
  ['wma', 'wma_20', () => wma(20, price)(row)],
  ['dema', 'dema_20', () => 2 * once(row) - twice(row)],
  ['tema', 'tema_20', () => 3 * once(row) - 3 * twice(row) + thrice(row)],
  ['hma', 'hma_16', () => wma(4, (i) => 2 * wma(8, price)(i) - wma(16, price)(i))(row)],
  ['zlema', 'zlema_20', () => ema(20, (i) => 2 * price(i) - price(i - 9), 9)(row)],
  ['alma', 'alma_9_0.85_6', () => sum(back(9, price).map((x, k) => x * gaussian[k]!)) / sum(gaussian)],
  ['trima', 'trima_20', () => sma(11, sma(10, price))(row)],
  [
    'vidya',
    'vidya_14_9',
    () => {
      const cmo: Series = (i) =>
        Math.abs(sum(back(9, (k) => close[k]! - close[k - 1]!, i))) /
        sum(back(9, (k) => Math.abs(close[k]! - close[k - 1]!), i))
      return adaptive(9, close[8]!, (i) => (2 / 15) * cmo(i), price)
    },
  ],
  ['frama', 'frama_16', frama],
  ['awesome_oscillator', 'ao_5_34', () => sma(5, middle)(row) - sma(34, middle)(row)],
  [
    'cmo',
    'cmo_14',
    () => {
      const steps = back(14, (i) => close[i]! - close[i - 1]!)
      const up = sum(steps.filter((s) => s > 0))
      const down = -sum(steps.filter((s) => s < 0))
      return (100 * (up - down)) / (up + down)
    },
  ],
  [
    'connors_rsi',
    'connors_rsi_3_2_100',
    () => {
      const rank = back(100, change, row - 1).filter((r) => r < change(row)).length
      return (relativeStrength(3, price) + relativeStrength(2, streak) + rank) / 3
    },
  ],
  ['kst', 'kst_10_15_20_30_10_10_10_15_9_line', () => knowSure(row)],
  ['kst', 'kst_10_15_20_30_10_10_10_15_9_signal', () => sma(9, knowSure)(row)],
  ['rvi', 'rvi_10_line', () => vigor(row)],
  ['rvi', 'rvi_10_signal', () => swma(vigor)(row)],
  [
    'chande_kroll_stop',
    'chande_kroll_10_1_9_long',
    () => Math.min(...back(9, (i) => bottom(10, i) + averageRange(i))),
  ],
  [
    'chande_kroll_stop',
    'chande_kroll_10_1_9_short',
    () => Math.max(...back(9, (i) => top(10, i) - averageRange(i))),
  ],
  [
    'parkinson',
    'parkinson_20',
    () => Math.sqrt(mean(back(20, (i) => Math.log(high[i]! / low[i]!) ** 2)) / (4 * Math.log(2))),
  ],
  [
    'garman_klass',
    'garman_klass_20',
    () =>
      Math.sqrt(
        mean(
          back(
            20,
            (i) =>
              0.5 * Math.log(high[i]! / low[i]!) ** 2 -
              (2 * Math.log(2) - 1) * Math.log(close[i]! / open[i]!) ** 2,
          ),
        ),
      ),
  ],
  ['rogers_satchell', 'rogers_satchell_20', () => Math.sqrt(mean(back(20, satchell)))],
  [
    'yang_zhang',
    'yang_zhang_20',
    () => {
      const k = 0.34 / (1.34 + 21 / 19)
      const gap = variance(back(20, (i) => Math.log(open[i]! / close[i - 1]!)))
      const body = variance(back(20, (i) => Math.log(close[i]! / open[i]!)))
      return Math.sqrt(gap + k * body + (1 - k) * mean(back(20, satchell)))
    },
  ],
  [
    'ulcer_index',
    'ulcer_14',
    () => Math.sqrt(mean(back(14, (i) => (100 * (close[i]! / Math.max(...back(14, price, i)) - 1)) ** 2))),
  ],
  [
    'choppiness',
    'choppiness_14',
    () => (100 * Math.log10(sum(back(14, trueRange)) / (top(14) - bottom(14)))) / Math.log10(14),
  ],
  [
    'chaikin_volatility',
    'chaikin_vol_10_10',
    () => 100 * (ema(10, range)(row) / ema(10, range)(row - 10) - 1),
  ],
  [
    'percent_b',
    'bb_20_2_percent_b',
    () => {
      const deviation = Math.sqrt((variance(back(20, price)) * 19) / 20)
      return (close[row]! - (mean(back(20, price)) - 2 * deviation)) / (4 * deviation)
    },
  ],
  [
    'bandwidth',
    'bb_20_2_bandwidth',
    () => (4 * Math.sqrt((variance(back(20, price)) * 19) / 20)) / mean(back(20, price)),
  ],
  ['adl', 'adl', () => distribution(row)],
  [
    'chaikin_oscillator',
    'chaikin_osc_3_10',
    () => fromFirst(3, distribution)(row) - fromFirst(10, distribution)(row),
  ],
  ['eom', 'eom_14', () => mean(back(14, (i) => (1e8 * (middle(i) - middle(i - 1)) * range(i)) / volume[i]!))],
  ['kvo', 'kvo_34_55_13_line', () => klinger(row)],
  ['kvo', 'kvo_34_55_13_signal', () => ema(13, klinger, 55)(row)],
  ['pvt', 'pvt', () => sum(back(row, (i) => volume[i]! * change(i)))],
  [
    'volume_oscillator',
    'volume_osc_5_10',
    () => 100 * (ema(5, at(volume))(row) / ema(10, at(volume))(row) - 1),
  ],
  ['autocorrelation', 'autocorr_1_20', () => correlation(back(20, change), back(20, change, row - 1))],
  ['autocorrelation__lag=3', 'autocorr_3_20', () => correlation(back(20, change), back(20, change, row - 3))],
  ['hurst', 'hurst_100_19', () => hurst(back(100, price), 19)],
  ['entropy', 'entropy_50_10', () => entropy(back(50, change), 10)],
  ['rolling_sharpe', 'sharpe_60', () => mean(back(60, change)) / Math.sqrt(variance(back(60, change)))],
  ['zscore', 'zscore_20', () => (close[row]! - mean(back(20, price))) / Math.sqrt(variance(back(20, price)))],
]

describe('against its textbook definition', () => {
  it.each(definitions)('%s gives %s', (spec, output, definition) => {
    const value = computeColumns(spec, input)[output]![row]!
    const expected = definition()
    expect(Number.isFinite(expected)).toBe(true)
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)))
  })

  it('adxr is the mean of the ADX now and thirteen bars ago', () => {
    const adx = computeColumns('adx', input)['adx_14']!
    expect(computeColumns('adxr', input)['adxr_14']![row]).toBe((adx[row]! + adx[row - 13]!) / 2)
  })
})
