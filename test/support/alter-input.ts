import type {
  BarColumns,
  ChainSeries,
  IndicatorInput,
  IndicatorInputName,
  SideSeries,
} from '#shared/catalog/indicators/define.ts'

export const inputNames: readonly IndicatorInputName[] = [
  ...(['open', 'high', 'low', 'close', 'volume', 'vwap', 'time', 'daily', 'intraday', 'index'] as const),
  ...(['flow', 'chain'] as const),
]

/** Which sessions are altered. */
type When = (session: number) => boolean

/** The input with other values under one name, nearly twice to nearly nothing, for rows of the sessions asked for. */
export function alterInput(
  input: IndicatorInput,
  name: IndicatorInputName,
  when: When = () => true,
): IndicatorInput {
  const rows = (x: Float64Array, phase = 1) => shake(x, (i) => when(input.session[i]!), phase)
  switch (name) {
    case 'time':
      return {
        ...input,
        ts: input.ts.map(() => 0),
        session: input.session.map(() => 0),
        hourEt: input.hourEt.map(() => 0),
      }
    case 'daily':
      return { ...input, daily: alterSide(input.daily, when) }
    case 'intraday':
      return { ...input, intraday: input.intraday && alterSide(input.intraday, when) }
    case 'chain':
      return { ...input, chain: input.chain && alterChain(input.chain, when) }
    case 'index':
      return { ...input, index: input.index && shakeAll(input.index, rows) }
    case 'flow':
      return { ...input, flow: input.flow && shakeAll(input.flow, rows) }
    default:
      return { ...input, [name]: rows(input[name]) }
  }
}

function shake(x: Float64Array, when: (i: number) => boolean, phase: number): Float64Array {
  return x.map((value, i) => (when(i) ? value * (1 + 0.95 * Math.sin(i * phase + phase)) : value))
}

/** Each column in its own rhythm, so that no ratio stays the same. */
function shakeAll<T extends object>(columns: T, each: (x: Float64Array, phase: number) => Float64Array): T {
  const shaken = Object.entries(columns).map(([name, x], k) => [name, each(x as Float64Array, k + 1)])
  return Object.fromEntries(shaken) as T
}

function alterSide(side: SideSeries, when: When): SideSeries {
  const { open, high, low, close, volume, vwap } = side
  const bars: BarColumns = { open, high, low, close, volume, vwap }
  return { ...side, ...shakeAll(bars, (x, phase) => shake(x, (k) => when(side.session[k]!), phase)) }
}

function alterChain(chain: ChainSeries, when: When): ChainSeries {
  const { bid, ask, volume, openInterest, iv, delta, gamma } = chain
  const ofQuote = new Int32Array(bid.length)
  for (let s = 0; s < chain.snapshots; s++)
    ofQuote.fill(chain.session[s]!, chain.offset[s], chain.offset[s + 1])
  const quotes = { bid, ask, volume, openInterest, iv, delta, gamma }
  return {
    ...chain,
    spot: shake(chain.spot, (s) => when(chain.session[s]!), 1),
    ...shakeAll(quotes, (x, phase) => shake(x, (q) => when(ofQuote[q]!), phase)),
  }
}
