import { exponentialAverage, plainAverage, taLib, taLine, taWindow } from '#test/ta-lib.ts'
import { change, neutralAt, pathSoFar, size, zip } from './columns.ts'
import { periods, type TaLibCheck, windows } from './define.ts'
import { bollinger, kaufman, moneyFlow, range, stochasticK, ultimate } from './mended.ts'

const minus = (a: Float64Array, b: Float64Array) => zip((x, y) => x - y, a, b)

/** Indicators that are functions of TA-Lib. */
export const functions: TaLibCheck[] = [
  {
    id: 'adl',
    says: 'AD',
    params: [{}],
    unit: 1e5,
    expected: ({ high, low, close, volume }) => taLib('AD', [high, low, close, volume]),
  },
  {
    id: 'adx',
    says: 'PLUS_DI, MINUS_DI and ADX',
    params: periods(3, 7, 14, 50),
    unit: 100,
    expected: ({ high, low, close }, { period }) =>
      ['PLUS_DI', 'MINUS_DI', 'ADX'].map((name) => taLine(name, [high, low, close], period!)),
  },
  {
    id: 'adxr',
    says: 'ADXR',
    params: periods(2, 7, 14),
    unit: 100,
    expected: ({ high, low, close }, { period }) => taLib('ADXR', [high, low, close], [period!]),
  },
  {
    id: 'aroon',
    says: 'AROON and AROONOSC',
    params: periods(2, 14, 25, 60),
    unit: 100,
    expected: ({ high, low }, { period }) => {
      const [down, up] = taLib('AROON', [high, low], [period!], 2)
      return [up!, down!, taLine('AROONOSC', [high, low], period!)]
    },
  },
  {
    id: 'atr',
    says: 'ATR',
    params: periods(2, 14, 40),
    expected: ({ high, low, close }, { period }) => taLib('ATR', [high, low, close], [period!]),
  },
  {
    id: 'bollinger_bands',
    says: 'BBANDS, but of exact width where TA-Lib’s is lost in the difference of two large sums',
    params: [
      { window: 20, num_std: 2 },
      { window: 5, num_std: 1 },
      { window: 60, num_std: 2.5 },
    ],
    unit: 'price',
    tolerance: 1e-10,
    expected: ({ close }, { window, num_std }) => bollinger(close, window!, num_std!),
  },
  {
    id: 'cci',
    says: 'CCI, but 0 where nothing moved and TA-Lib divides one rounding by another',
    params: periods(5, 20, 50),
    unit: ({ close, high, low }, { period }) =>
      zip((price, span) => (100 * price) / span, close, range(high, low, period!)),
    expected: ({ high, low, close }, { period }) => {
      const typical = taLine('TYPPRICE', [high, low, close])
      return [neutralAt(range(typical, typical, period!), 0, taLine('CCI', [high, low, close], period!))]
    },
  },
  {
    id: 'chaikin_oscillator',
    says: 'ADOSC',
    params: [
      { fast: 3, slow: 10 },
      { fast: 6, slow: 20 },
    ],
    unit: 1e5,
    expected: ({ high, low, close, volume }, { fast, slow }) =>
      taLib('ADOSC', [high, low, close, volume], [fast!, slow!]),
  },
  {
    id: 'cmo',
    says: 'SUM of changes over SUM of their sizes, as its author has it, where TA-Lib’s CMO smooths both as Wilder',
    params: periods(2, 14, 40),
    unit: 100,
    expected: ({ close }, { period }) => {
      const path = taWindow('SUM', size(change(close)), period!)
      const gained = taWindow('SUM', change(close), period!)
      const quiet = range(close, close, period! + 1)
      return [
        neutralAt(
          quiet,
          0,
          zip((up, all) => (all === 0 ? 0 : (100 * up) / all), gained, path),
        ),
      ]
    },
  },
  {
    id: 'dema',
    says: 'DEMA',
    params: windows(2, 10, 30),
    unit: 'price',
    expected: ({ close }, { window }) => taLib('DEMA', [close], [window!]),
  },
  {
    id: 'ema',
    says: 'EMA',
    params: windows(2, 10, 50),
    expected: ({ close }, { window }) => taLib('EMA', [close], [window!]),
  },
  {
    id: 'kama',
    says: 'KAMA, but a window that stands still is noise, where TA-Lib takes it for a perfect trend',
    params: [{ er_period: 10 }, { er_period: 4 }, { er_period: 30 }],
    expected: ({ close }, { er_period }) => [kaufman(close, er_period!)],
  },
  {
    id: 'lsma',
    says: 'LINEARREG',
    params: windows(5, 14, 60),
    unit: 'price',
    expected: ({ close }, { window }) => taLib('LINEARREG', [close], [window!]),
  },
  {
    id: 'macd',
    says: 'MACD, but the line begins as soon as it can, where TA-Lib waits for the signal',
    params: [
      { fast: 12, slow: 26, signal: 9 },
      { fast: 3, slow: 7, signal: 2 },
      { fast: 20, slow: 60, signal: 15 },
    ],
    unit: 'price',
    expected: ({ close }, { fast, slow, signal }) => {
      const [line, signalLine, histogram] = taLib('MACD', [close], [fast!, slow!, signal!], 3)
      // The faster average begins with the slower one.
      const late = close.map((price, i) => (i < slow! - fast! ? Number.NaN : price))
      const early = minus(taLine('EMA', [late], fast!), taLine('EMA', [close], slow!))
      return [zip((x, y) => (Number.isNaN(x) ? y : x), line!, early), signalLine!, histogram!]
    },
  },
  {
    id: 'mfi',
    says: 'MFI, but 50 where no money flowed and a share also of less than one unit of money, where TA-Lib says 0',
    params: periods(2, 14, 40),
    unit: 100,
    expected: (bars, { period }) => [moneyFlow(bars, period!)],
  },
  {
    id: 'momentum',
    says: 'ROCP',
    params: windows(1, 5, 30),
    unit: 1,
    expected: ({ close }, { window }) => taLib('ROCP', [close], [window!]),
  },
  {
    id: 'natr',
    says: 'NATR',
    params: periods(2, 14, 40),
    expected: ({ high, low, close }, { period }) => taLib('NATR', [high, low, close], [period!]),
  },
  {
    id: 'obv',
    says: 'OBV, but from 0 on, where TA-Lib counts the first bar as a rise',
    params: [{}],
    unit: 1e5,
    expected: ({ close, volume }) => [taLine('OBV', [close, volume]).map((total) => total - volume[0]!)],
  },
  {
    id: 'ppo',
    says: 'PPO, its EMA and their difference',
    params: [
      { fast: 12, slow: 26, signal: 9 },
      { fast: 4, slow: 9, signal: 3 },
    ],
    unit: 100,
    expected: ({ close }, { fast, slow, signal }) => {
      const line = taLine('PPO', [close], fast!, slow!, exponentialAverage)
      const average = taLine('EMA', [line], signal!)
      return [line, average, minus(line, average)]
    },
  },
  {
    id: 'ret',
    says: 'ROCP',
    params: windows(1, 3, 20),
    unit: 1,
    expected: ({ close }, { window }) => taLib('ROCP', [close], [window!]),
  },
  {
    id: 'roc',
    says: 'ROC',
    params: windows(1, 10, 40),
    unit: 100,
    expected: ({ close }, { window }) => taLib('ROC', [close], [window!]),
  },
  {
    id: 'rsi',
    says: 'RSI, but 50 while nothing has moved, where TA-Lib says 0',
    params: periods(3, 14, 50),
    unit: 100,
    expected: ({ close }, { period }) => [neutralAt(pathSoFar(close), 50, taLine('RSI', [close], period!))],
  },
  {
    id: 'slow_stochastic',
    says: 'STOCH, but 50 where there is no range, where TA-Lib says 0',
    params: [
      { period_k: 14, smooth_k: 3, period_d: 3 },
      { period_k: 5, smooth_k: 2, period_d: 7 },
    ],
    unit: 100,
    expected: (bars, { period_k, smooth_k, period_d }) => {
      const k = taWindow('SMA', stochasticK(bars, period_k!), smooth_k!)
      return [k, taWindow('SMA', k, period_d!)]
    },
  },
  {
    id: 'sma',
    says: 'SMA',
    params: windows(2, 20, 100),
    expected: ({ close }, { window }) => taLib('SMA', [close], [window!]),
  },
  {
    id: 'stoch_rsi',
    says: 'STOCHRSI with its %K smoothed, but 50 where the RSI stands still, where TA-Lib says 0',
    params: [
      { rsi_period: 14, stoch_period: 14, smooth_k: 3, smooth_d: 3 },
      { rsi_period: 5, stoch_period: 9, smooth_k: 2, smooth_d: 4 },
    ],
    unit: 100,
    expected: ({ close }, { rsi_period, stoch_period, smooth_k, smooth_d }) => {
      const strength = taLine('RSI', [close], rsi_period!)
      const [fast] = taLib('STOCHRSI', [close], [rsi_period!, stoch_period!, 1, plainAverage], 2)
      // What is left of the RSI's moves in a halt is its rounding.
      const quiet = range(strength, strength, stoch_period!).map((span) => (span < 1e-10 ? 0 : span))
      const k = taWindow('SMA', neutralAt(quiet, 50, fast!), smooth_k!)
      return [k, taWindow('SMA', k, smooth_d!)]
    },
  },
  {
    id: 'stochastic',
    says: 'STOCHF, but 50 where there is no range, where TA-Lib says 0',
    params: [
      { period_k: 14, period_d: 3 },
      { period_k: 5, period_d: 9 },
    ],
    unit: 100,
    expected: (bars, { period_k, period_d }) => {
      const k = stochasticK(bars, period_k!)
      return [k, taWindow('SMA', k, period_d!)]
    },
  },
  {
    id: 'tema',
    says: 'TEMA',
    params: windows(2, 10, 25),
    unit: 'price',
    expected: ({ close }, { window }) => taLib('TEMA', [close], [window!]),
  },
  {
    id: 'trima',
    says: 'TRIMA',
    params: windows(3, 10, 21),
    expected: ({ close }, { window }) => [taWindow('TRIMA', close, window!)],
  },
  {
    id: 'trix',
    says: 'TRIX',
    params: periods(2, 15, 30),
    unit: 100,
    expected: ({ close }, { period }) => taLib('TRIX', [close], [period!]),
  },
  {
    id: 'ultimate_oscillator',
    says: 'ULTOSC, but a span without range counts one half, where TA-Lib counts 0',
    params: [
      { short: 7, mid: 14, long: 28 },
      { short: 3, mid: 10, long: 11 },
    ],
    unit: 100,
    expected: (bars, { short, mid, long }) => [ultimate(bars, short!, mid!, long!)],
  },
  {
    id: 'williams_r',
    says: 'WILLR, but −50 where there is no range, where TA-Lib says 0',
    params: periods(2, 14, 50),
    unit: 100,
    expected: ({ high, low, close }, { period }) => [
      neutralAt(range(high, low, period!), -50, taLine('WILLR', [high, low, close], period!)),
    ],
  },
  {
    id: 'wma',
    says: 'WMA',
    params: windows(2, 20, 75),
    expected: ({ close }, { window }) => [taWindow('WMA', close, window!)],
  },
]
