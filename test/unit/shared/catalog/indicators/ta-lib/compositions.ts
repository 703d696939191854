import type { BarColumns } from '#shared/catalog/indicators/define.ts'
import { taLib, taLine, taWindow } from '#test/ta-lib.ts'
import { change, lag, neutralAt, size, zip } from './columns.ts'
import { periods, type TaLibCheck, windows } from './define.ts'
import { bollinger, range } from './mended.ts'

const ema = (x: Float64Array, window: number) => taLine('EMA', [x], window)
const sma = (x: Float64Array, window: number) => taWindow('SMA', x, window)
const wma = (x: Float64Array, window: number) => taWindow('WMA', x, window)
const sum = (x: Float64Array, window: number) => taWindow('SUM', x, window)
const returns = (x: Float64Array) => taLine('ROCP', [x], 1)
const middle = (bars: BarColumns, window: number) => taLine('MIDPRICE', [bars.high, bars.low], window)
const minus = (a: Float64Array, b: Float64Array) => zip((x, y) => x - y, a, b)
const spanOf = ({ high, low }: BarColumns) => minus(high, low)

/** Indicators that TA-Lib does not have, written in its functions. */
export const compositions: TaLibCheck[] = [
  {
    id: 'awesome_oscillator',
    says: 'SMA − SMA of MEDPRICE',
    params: [
      { fast: 5, slow: 34 },
      { fast: 2, slow: 9 },
    ],
    unit: 'price',
    expected: ({ high, low }, { fast, slow }) => {
      const price = taLine('MEDPRICE', [high, low])
      return [minus(sma(price, fast!), sma(price, slow!))]
    },
  },
  {
    id: 'bandwidth',
    says: 'width of BBANDS over its middle',
    params: [
      { window: 20, num_std: 2 },
      { window: 8, num_std: 1.5 },
    ],
    unit: 1,
    tolerance: 1e-10,
    expected: ({ close }, { window, num_std }) => {
      const [mid, upper, lower] = bollinger(close, window!, num_std!)
      return [zip((a, b, c) => (b - c) / a, mid!, upper!, lower!)]
    },
  },
  {
    id: 'chaikin_volatility',
    says: 'ROC of the EMA of the range',
    params: [
      { period: 10, roc_period: 10 },
      { period: 4, roc_period: 7 },
    ],
    unit: 100,
    expected: (bars, { period, roc_period }) => taLib('ROC', [ema(spanOf(bars), period!)], [roc_period!]),
  },
  {
    id: 'chande_kroll_stop',
    says: 'MIN of MIN + ATR and MAX of MAX − ATR',
    params: [
      { period: 10, multiplier: 1, stop_period: 9 },
      { period: 5, multiplier: 2.5, stop_period: 4 },
    ],
    expected: ({ high, low, close }, { period, multiplier, stop_period }) => {
      const far = taLine('ATR', [high, low, close], period!).map((atr) => multiplier! * atr)
      const up = zip((edge, width) => edge + width, taLine('MIN', [low], period!), far)
      const down = minus(taLine('MAX', [high], period!), far)
      return [taLine('MIN', [up], stop_period!), taLine('MAX', [down], stop_period!)]
    },
  },
  {
    id: 'choppiness',
    says: 'logarithm of the SUM of TRANGE over MAX − MIN, empty where there is no range',
    params: periods(5, 14, 30),
    unit: 100,
    expected: ({ high, low, close }, { period }) => {
      const path = sum(taLine('TRANGE', [high, low, close]), period!)
      const ground = range(high, low, period!)
      const value = zip((a, b) => (100 * Math.log10(a / b)) / Math.log10(period!), path, ground)
      return [neutralAt(ground, Number.NaN, value)]
    },
  },
  {
    id: 'daily_ema',
    says: 'EMA of the session before',
    params: windows(5, 20),
    expected: ({ close }, { window }) => [lag(ema(close, window!), 1)],
  },
  {
    id: 'daily_dist_to_ema',
    says: 'distance to the EMA over the close, of the session before',
    params: windows(5, 20),
    unit: 1,
    expected: ({ close }, { window }) => [
      lag(
        zip((x, a) => (x - a) / x, close, ema(close, window!)),
        1,
      ),
    ],
  },
  {
    id: 'daily_ret',
    says: 'ROCP of the session before',
    params: windows(1, 7),
    unit: 1,
    expected: ({ close }, { window }) => [lag(taLine('ROCP', [close], window!), 1)],
  },
  {
    id: 'dist_to_ema',
    says: 'distance to the EMA over the close',
    params: windows(3, 10, 40),
    unit: 1,
    expected: ({ close }, { window }) => [zip((x, a) => (x - a) / x, close, ema(close, window!))],
  },
  {
    id: 'donchian',
    says: 'MAX, MIN and MIDPRICE',
    params: windows(2, 20, 55),
    expected: (bars, { window }) => [
      taLine('MAX', [bars.high], window!),
      taLine('MIN', [bars.low], window!),
      middle(bars, window!),
    ],
  },
  {
    id: 'dpo',
    says: 'close less an SMA of half a period ago',
    params: periods(5, 20, 33),
    unit: 'price',
    expected: ({ close }, { period }) => [
      minus(close, lag(sma(close, period!), Math.floor(period! / 2) + 1)),
    ],
  },
  {
    id: 'elder_ray',
    says: 'high and low less the EMA',
    params: periods(5, 13, 30),
    unit: 'price',
    expected: ({ high, low, close }, { period }) => [
      minus(high, ema(close, period!)),
      minus(low, ema(close, period!)),
    ],
  },
  {
    id: 'ema_slope',
    says: 'MOM of the EMA',
    params: [
      { window: 10, period: 1 },
      { window: 4, period: 6 },
    ],
    unit: 'price',
    expected: ({ close }, { window, period }) => taLib('MOM', [ema(close, window!)], [period!]),
  },
  {
    id: 'hma',
    says: 'WMA of 2 WMA − WMA',
    params: windows(4, 16, 31),
    unit: 'price',
    expected: ({ close }, { window }) => {
      const lean = zip((a, b) => 2 * a - b, wma(close, Math.floor(window! / 2)), wma(close, window!))
      return [wma(lean, Math.floor(Math.sqrt(window!)))]
    },
  },
  {
    id: 'ichimoku',
    says: 'MIDPRICE of three windows',
    params: [
      { tenkan: 9, kijun: 26, senkou: 52 },
      { tenkan: 4, kijun: 7, senkou: 15 },
    ],
    expected: (bars, { tenkan, kijun, senkou }) => {
      const [fast, slow] = [middle(bars, tenkan!), middle(bars, kijun!)]
      return [fast, slow, zip((a, b) => (a + b) / 2, fast, slow), middle(bars, senkou!)]
    },
  },
  {
    id: 'keltner',
    says: 'EMA ± SMA of TRANGE',
    params: [
      { window: 20, multiplier: 2 },
      { window: 7, multiplier: 1.5 },
    ],
    expected: ({ high, low, close }, { window, multiplier }) => {
      const mid = ema(close, window!)
      const width = sma(taLine('TRANGE', [high, low, close]), window!)
      const at = (sign: number) => zip((a, b) => a + sign * multiplier! * b, mid, width)
      return [mid, at(1), at(-1)]
    },
  },
  {
    id: 'kst',
    says: 'weighted SMA of ROC over four spans and its SMA',
    params: [
      { roc1: 10, roc2: 15, roc3: 20, roc4: 30, sma1: 10, sma2: 10, sma3: 10, sma4: 15, signal: 9 },
      { roc1: 2, roc2: 4, roc3: 6, roc4: 8, sma1: 3, sma2: 4, sma3: 5, sma4: 6, signal: 4 },
    ],
    unit: 1000,
    expected: ({ close }, params) => {
      const spans = [1, 2, 3, 4].map((span) =>
        sma(taLine('ROC', [close], params[`roc${span}`]!), params[`sma${span}`]!),
      )
      const line = zip((a, b, c, d) => a + 2 * b + 3 * c + 4 * d, ...spans)
      return [line, sma(line, params['signal']!)]
    },
  },
  {
    id: 'parkinson',
    says: 'root of the SMA of squared LN, 0 where there is no range',
    params: windows(5, 20, 60),
    unit: 1,
    expected: (bars, { window }) => {
      const squares = taLine('LN', [zip((a, b) => a / b, bars.high, bars.low)]).map((x) => x * x)
      const widest = taLine('MAX', [spanOf(bars)], window!)
      return [
        neutralAt(
          widest,
          0,
          sma(squares, window!).map((x) => Math.sqrt(Math.max(0, x) / (4 * Math.LN2))),
        ),
      ]
    },
  },
  {
    id: 'qstick',
    says: 'SMA of close − open',
    params: periods(2, 10, 40),
    unit: 'price',
    expected: ({ open, close }, { period }) => [sma(minus(close, open), period!)],
  },
  {
    id: 'tsi',
    says: 'EMA of EMA of changes over that of their sizes, 0 where nothing moved yet',
    params: [
      { r: 25, s: 13 },
      { r: 6, s: 3 },
    ],
    unit: 100,
    expected: ({ close }, { r, s }) => {
      const smooth = (x: Float64Array) => ema(ema(x, r!), s!)
      const path = smooth(size(change(close)))
      return [
        neutralAt(
          path,
          0,
          zip((a, b) => (100 * a) / b, smooth(change(close)), path),
        ),
      ]
    },
  },
  {
    id: 'volatility',
    says: 'STDDEV of ROCP, of the sample',
    params: windows(3, 20, 50),
    unit: 1,
    expected: ({ close }, { window }) => [deviation(returns(close), window!)],
  },
  {
    id: 'rolling_std',
    says: 'STDDEV of ROCP, of the sample',
    params: windows(3, 20, 50),
    unit: 1,
    expected: ({ close }, { window }) => [deviation(returns(close), window!)],
  },
  {
    id: 'volume_oscillator',
    says: 'PPO of volume',
    params: [
      { fast: 5, slow: 10 },
      { fast: 9, slow: 31 },
    ],
    unit: 100,
    expected: ({ volume }, { fast, slow }) => taLib('PPO', [volume], [fast!, slow!, 1]),
  },
  {
    id: 'zlema',
    says: 'EMA of the close plus its change over half the window',
    params: windows(5, 20, 41),
    unit: 'price',
    expected: ({ close }, { window }) => {
      const moved = taLine('MOM', [close], Math.floor((window! - 1) / 2))
      return [
        ema(
          zip((x, d) => x + d, close, moved),
          window!,
        ),
      ]
    },
  },
]

function deviation(x: Float64Array, window: number): Float64Array {
  return taWindow('STDDEV', x, window, 1).map((std) => std * Math.sqrt(window / (window - 1)))
}
