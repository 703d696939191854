import { serveSide } from '../harness/serve-side.ts'
import { concatColumns, requirePeer } from './peer-columns.ts'
import { readBars } from './write-bars.ts'

type Columns = number[] | number[][]
type Library = Record<string, (...inputs: unknown[]) => Promise<Columns>>

await serveSide(async (folder, { indicator, peersFolder }) => {
  const { Indicators } = requirePeer(peersFolder, '@ixjb94/indicators') as { Indicators: new () => Library }
  const library = new Indicators()
  const { high, low, close } = readBars(folder)
  const rows = close.length
  // Plain arrays are what it is written for; it is no faster on typed ones.
  const [h, l, c] = [[...high], [...low], [...close]]
  const work: Record<string, () => Promise<Columns>> = {
    sma: () => library['sma']!(c, 20),
    ema: () => library['ema']!(c, 20),
    rsi: () => library['rsi']!(c, 14),
    macd: () => library['macd']!(c, 12, 26, 9),
    atr: () => library['atr']!(h, l, c, 14),
    // Both directional indicators and their index, as ours gives them.
    adx: async () => [
      ...((await library['di']!(h, l, c, 14)) as number[][]),
      (await library['adx']!(h, l, 14)) as number[],
    ],
    bb: () => library['bbands']!(c, 20, 2),
    stoch: () => library['stoch']!(h, l, c, 14, 1, 3),
  }
  let last: Columns = []
  return {
    version: '@ixjb94/indicators',
    round: () => ({
      run: async () => {
        last = await work[String(indicator)]!()
      },
      output: () => concatColumns(last, rows),
    }),
  }
})
