import { join } from 'node:path'
import type { BenchContext, PairCase, Side } from '../harness/bench-types.ts'
import { makeBars, writeBars } from './write-bars.ts'

/** Its wrapper gives one output parts of another here, so that only its speed can be compared. */
const mixedUp = ['bb', 'stoch']

/** The variance of a window of prices loses digits in pandas' running sums. */
const within: Record<string, number> = { bb: 1e-10 }

/** Indicators whose pandas form, a rolling window, has the same definition as ours. */
const windowed = ['sma', 'bb', 'stoch']

/** The eight indicators every library has, against each library that is there. */
export function indicatorCases({ isQuick, peersFolder }: BenchContext): PairCase[] {
  // TA-Lib's WebAssembly has 16 MB for all columns of a call: a million bars do not fit.
  const bars = isQuick ? 100_000 : 250_000
  const script = (name: string) => join(import.meta.dirname, name)
  return ['sma', 'ema', 'rsi', 'macd', 'atr', 'adx', 'bb', 'stoch'].map((indicator) => {
    const options = { indicator, peersFolder }
    const values = { within: within[indicator] ?? 1e-12, isRelative: true }
    const talib: Side = { name: 'talib-web', language: 'node', script: script('talib-side.ts'), options }
    // Its loops are compiled C; the goal is against what a program in JavaScript would use instead.
    const pandas: Side = {
      isForInformation: true,
      name: 'pandas',
      language: 'python',
      script: script('pandas_side.py'),
      options,
    }
    return {
      name: `${indicator} of ${bars / 1000}k bars`,
      goal: { speedAtLeast: 3 },
      prepare: (folder) => writeBars(folder, makeBars(bars, 1)),
      ours: { name: 'ours', language: 'node', script: script('our-side.ts'), options },
      peers: [
        { name: '@ixjb94/indicators', language: 'node', script: script('ixjb94-side.ts'), options },
        mixedUp.includes(indicator) ? talib : { ...talib, values },
        windowed.includes(indicator) ? { ...pandas, values } : pandas,
        { name: 'plain', language: 'node', script: script('plain-side.ts'), options, isFallback: true },
      ],
    }
  })
}
