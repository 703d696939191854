import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { serveSide } from '../harness/serve-side.ts'
import { concatColumns, peerPath, requirePeer } from './peer-columns.ts'
import { readBars } from './write-bars.ts'

type Call = (params: Record<string, unknown>) => Record<string, number[]>

await serveSide(async (folder, { indicator, peersFolder }) => {
  const talib = requirePeer(peersFolder, 'talib-web') as Record<string, Call> & {
    init: (wasm: string) => Promise<void>
  }
  const wasm = readFileSync(join(dirname(peerPath(peersFolder, 'talib-web')), 'talib.wasm'))
  // It fetches what it is told to; a path is no address to fetch.
  await talib.init(`data:application/wasm;base64,${wasm.toString('base64')}`)
  const bars = readBars(folder)
  const rows = bars.close.length
  const [high, low, close] = [[...bars.high], [...bars.low], [...bars.close]]
  const range = { high, low, close, timePeriod: 14 }
  const work: Record<string, () => number[][]> = {
    sma: () => [talib['SMA']!({ inReal: close, timePeriod: 20 })['output']!],
    ema: () => [talib['EMA']!({ inReal: close, timePeriod: 20 })['output']!],
    rsi: () => [talib['RSI']!({ inReal: close, timePeriod: 14 })['output']!],
    macd: () => {
      const { MACD, MACDSignal, MACDHist } = talib['MACD']!({ inReal: close })
      return [MACD!, MACDSignal!, MACDHist!]
    },
    atr: () => [talib['ATR']!(range)['output']!],
    adx: () => ['PLUS_DI', 'MINUS_DI', 'ADX'].map((name) => talib[name]!(range)['output']!),
    bb: () => {
      const bands = talib['BBANDS']!({ inReal: close, timePeriod: 20, nbDevUp: 2, nbDevDn: 2 })
      return [bands['middleBand']!, bands['upperBand']!, bands['lowerBand']!]
    },
    stoch: () => {
      const { fastK, fastD } = talib['STOCHF']!({ high, low, close, fastK_Period: 14, fastD_Period: 3 })
      return [fastK!, fastD!]
    },
  }
  // Its columns begin with the first value and end in zeros, one for each bar of the warm-up.
  const warmup =
    ({ rsi: 14, macd: 33, atr: 14, stoch: 15 } as Record<string, number>)[String(indicator)] ?? 19
  const known = (column: number[], i: number) =>
    column.slice(0, rows - (indicator === 'adx' ? [14, 14, 27][i]! : warmup))
  let last: number[][] = []
  return {
    version: 'TA-Lib as WASM',
    round: () => ({
      run: () => {
        last = work[String(indicator)]!()
      },
      output: () => concatColumns(last.map(known), rows),
    }),
  }
})
