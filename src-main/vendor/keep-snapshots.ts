import type { Lake } from '#main/lake/lake.ts'
import type { ChainTable } from '#shared/jobs/market-types.ts'
import { blackScholes, bsTheta, bsVega, optionYearMs } from '#shared/kernels/black-scholes.ts'

const columns = [
  'expiry',
  'strike',
  'isCall',
  'bid',
  'ask',
  'volume',
  'openInterest',
  'iv',
  'delta',
  'gamma',
  'vega',
  'theta',
] as const

/**
 * Adds to a chain the snapshots that the lake holds of its sessions at other times, since a session is stored as a whole. Of
 * contracts that expire in the session only those are kept that the chain lists too: for the others no minutes were fetched, and
 * a listed contract without minutes reads as one that did not trade.
 */
export async function keepSnapshots(lake: Lake, ticker: string, chain: ChainTable): Promise<ChainTable> {
  const entry = (await lake.catalog()).find((each) => each.kind === 'chain' && each.ticker === ticker)
  if (entry === undefined || !entry.source.startsWith('polygon')) return chain
  const dayMs = 86_400_000
  const range = { startTs: chain.ts[0]! - dayMs, endTs: chain.ts[chain.snapshots - 1]! + dayMs }
  const older = withGreeks(await lake.chain(ticker, range))
  const sessions = new Set(chain.session)
  const times = new Set(chain.ts)
  const listed = new Set<string>()
  const placeOf = (table: ChainTable, q: number) => `${table.expiry[q]}/${table.strike[q]}/${table.isCall[q]}`
  const ownExpiries = new Set(chain.expiry)
  for (let q = 0; q < chain.strike.length; q++) listed.add(placeOf(chain, q))

  const picks: { table: ChainTable; snapshot: number; quotes: number[] }[] = []
  for (let s = 0; s < chain.snapshots; s++) {
    picks.push({ table: chain, snapshot: s, quotes: indexes(chain.offset[s]!, chain.offset[s + 1]!) })
  }
  for (let s = 0; s < older.snapshots; s++) {
    if (!sessions.has(older.session[s]!) || times.has(older.ts[s]!)) continue
    const quotes = indexes(older.offset[s]!, older.offset[s + 1]!).filter(
      (q) => !ownExpiries.has(older.expiry[q]!) || listed.has(placeOf(older, q)),
    )
    if (quotes.length > 0) picks.push({ table: older, snapshot: s, quotes })
  }
  picks.sort((a, b) => a.table.ts[a.snapshot]! - b.table.ts[b.snapshot]!)
  return gather(picks)
}

const indexes = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

function gather(picks: { table: ChainTable; snapshot: number; quotes: number[] }[]): ChainTable {
  const snapshots = picks.length
  const offset = new Int32Array(snapshots + 1)
  for (const [s, { quotes }] of picks.entries()) offset[s + 1] = offset[s]! + quotes.length
  const total = offset[snapshots]!
  const values = Object.fromEntries(
    columns.map((name) => [name, name === 'isCall' ? new Uint8Array(total) : new Float64Array(total)]),
  ) as unknown as Pick<ChainTable, (typeof columns)[number]>
  for (const [s, { table, quotes }] of picks.entries()) {
    for (const [i, q] of quotes.entries()) {
      for (const name of columns) values[name][offset[s]! + i] = table[name][q]!
    }
  }
  return {
    snapshots,
    ts: Float64Array.from(picks, ({ table, snapshot }) => table.ts[snapshot]!),
    session: Int32Array.from(picks, ({ table, snapshot }) => table.session[snapshot]!),
    spot: Float64Array.from(picks, ({ table, snapshot }) => table.spot[snapshot]!),
    offset,
    ...values,
  }
}

/** Vega and theta, which no reader of the lake gets, from the stored volatility. */
function withGreeks(chain: Awaited<ReturnType<Lake['chain']>>): ChainTable {
  const vega = new Float64Array(chain.strike.length).fill(Number.NaN)
  const theta = new Float64Array(chain.strike.length).fill(Number.NaN)
  const greeks = new Float64Array(5)
  for (let s = 0; s < chain.snapshots; s++) {
    for (let q = chain.offset[s]!; q < chain.offset[s + 1]!; q++) {
      const years = (chain.expiry[q]! - chain.ts[s]!) / optionYearMs
      const sigma = chain.iv[q]!
      if (!(sigma > 0 && years > 0)) continue
      blackScholes(chain.isCall[q] === 1, chain.spot[s]!, chain.strike[q]!, years, 0, 0, sigma, greeks)
      vega[q] = greeks[bsVega]!
      theta[q] = greeks[bsTheta]!
    }
  }
  return { ...chain, vega, theta }
}
