import { join } from 'node:path'
import type { BenchContext, PairCase, Side } from '../harness/bench-types.ts'
import { makeBars, writeBars } from './write-bars.ts'

/** Its wrapper gives one output parts of another here, so that only its speed can be compared. */
const mixedUp = ['bb', 'stoch']

/** The variance of a window of prices loses digits in pandas' running sums. */
const within: Record<string, number> = { bb: 1e-10 }

/** Indicators whose pandas form, a rolling window, has the same definition as ours. */
const windowed = ['sma', 'bb', 'stoch']

/**
 * Longer columns do not fit the 16 MB that TA-Lib's WebAssembly has for a call, and the running sums of pandas have drifted there:
 * ours stay within 1e-13 of every window summed anew over a million bars, theirs do not.
 */
const mostForValues = 100_000

/** The eight indicators every library has, against each library that is there. */
export function indicatorCases(context: BenchContext): PairCase[] {
  const sizes = context.isQuick ? [100_000] : [100_000, 1_000_000]
  const ids = ['sma', 'ema', 'rsi', 'macd', 'atr', 'adx', 'bb', 'stoch']
  return sizes.flatMap((bars) => ids.map((indicator) => caseOf(indicator, bars, context)))
}

function caseOf(indicator: string, bars: number, { peersFolder }: BenchContext): PairCase {
  const isShort = bars <= mostForValues
  const script = (name: string) => join(import.meta.dirname, name)
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
  const ofTalib = mixedUp.includes(indicator) ? talib : { ...talib, values }
  return {
    name: `${indicator} of ${bars / 1000}k bars`,
    goal: { speedAtLeast: 3 },
    prepare: (folder) => writeBars(folder, makeBars(bars, 1)),
    ours: { name: 'ours', language: 'node', script: script('our-side.ts'), options },
    peers: [
      { name: '@ixjb94/indicators', language: 'node', script: script('ixjb94-side.ts'), options },
      ...(isShort ? [ofTalib] : []),
      isShort && windowed.includes(indicator) ? { ...pandas, values } : pandas,
      { name: 'plain', language: 'node', script: script('plain-side.ts'), options, isFallback: true },
    ],
  }
}
