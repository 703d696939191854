import type { Indicator } from './define.ts'
import { macd } from './momentum/macd.ts'
import { ret } from './momentum/ret.ts'
import { rsi } from './momentum/rsi.ts'
import { ema } from './trend/ema.ts'
import { sma } from './trend/sma.ts'
import { atr } from './volatility/atr.ts'
import { bollingerBands } from './volatility/bollinger-bands.ts'

const catalogue: Indicator[] = [
  // trend
  sma,
  ema,
  // momentum
  rsi,
  macd,
  ret,
  // volatility
  atr,
  bollingerBands,
]

/** Every indicator of the product by its id. */
export const indicators: ReadonlyMap<string, Indicator> = new Map(
  catalogue.map((indicator) => [indicator.id, indicator]),
)
