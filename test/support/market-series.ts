import type { IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { inputOfBars, seededRandom } from './indicator-input.ts'

export const markets = ['walk', 'gaps', 'halts', 'cents', 'long'] as const

type Market = (typeof markets)[number]

/**
 * Daily bars of a random walk. Gaps jump up to a fifth overnight; halts stand still for up to 40 bars, with and without volume;
 * cents move between a few prices, so that highs and lows tie.
 */
export function marketSeries(market: Market, seed: number): IndicatorInput {
  // Near seeds begin alike.
  const random = seededRandom(104_729 * seed)
  const rows = market === 'long' ? 5000 : 200 + Math.floor(150 * random())
  const column = () => new Float64Array(rows)
  const [open, high, low, close, volume] = [column(), column(), column(), column(), column()]
  let price = market === 'cents' ? 1 : 5 + 300 * random()
  let halted = 0
  const round = (x: number) => (market === 'cents' ? Math.max(0.01, Math.round(100 * x) / 100) : x)
  for (let i = 0; i < rows; i++) {
    if (market === 'halts' && halted === 0 && random() < 0.03) halted = 1 + Math.floor(40 * random())
    const isHalted = halted > 0
    if (isHalted) halted--
    if (market === 'gaps' && random() < 0.1) price *= 1 + 0.4 * (random() - 0.5)
    const start = isHalted ? price : price * (1 + 0.01 * (random() - 0.5))
    if (!isHalted) price *= 1 + 0.04 * (random() - 0.5)
    open[i] = round(start)
    close[i] = round(price)
    const [top, bottom] = [Math.max(start, price), Math.min(start, price)]
    high[i] = round(isHalted ? price : top * (1 + 0.01 * random()))
    low[i] = round(isHalted ? price : bottom * (1 - 0.01 * random()))
    if (market === 'cents') price = close[i]!
    volume[i] = isHalted && random() < 0.5 ? 0 : 1000 + Math.floor(90_000 * random())
  }
  return inputOfBars({ open, high, low, close, volume })
}
