import { SigmaError } from '#shared/errors.ts'
import type { OptionMinutes } from '#shared/jobs/market-types.ts'
import type { SameDayContract } from './same-day-contracts.ts'
import type { Aggregate } from './vendor-schemas.ts'

const minuteMs = 60_000

/** A contract with its minutes of one session, ascending. */
export interface TradedContract extends SameDayContract {
  minutes: Aggregate[]
}

/**
 * Minutes of all contracts of a session in time order. Throws NO_DATA for a minute whose contracts or price are unknown: sums
 * over the others would be too small and look right.
 */
export function toOptionMinutes(contracts: readonly TradedContract[], session: number): OptionMinutes {
  const rows: { contract: SameDayContract; bar: Aggregate; vwap: number }[] = []
  for (const contract of contracts) {
    for (const bar of contract.minutes) {
      if (bar.v === 0) continue
      rows.push({ contract, bar, vwap: vwapOf(bar, contract.symbol) })
    }
  }
  // Equal minutes keep the order of the contracts: by strike, puts before calls.
  rows.sort((a, b) => a.bar.t - b.bar.t)
  return {
    rows: rows.length,
    ts: Float64Array.from(rows, ({ bar }) => bar.t + minuteMs),
    session: new Int32Array(rows.length).fill(session),
    strike: Float64Array.from(rows, ({ contract }) => contract.strike),
    isCall: Uint8Array.from(rows, ({ contract }) => Number(contract.isCall)),
    volume: Int32Array.from(rows, ({ bar }) => bar.v!),
    vwap: Float64Array.from(rows, ({ vwap }) => vwap),
    transactions: Int32Array.from(rows, ({ bar }) => bar.n ?? 0),
  }
}

/** The vendor's price, or the only one there was. Throws NO_DATA where neither is, or where contracts are not a whole number. */
export function vwapOf({ t, v, vw, h, l, c }: Aggregate, symbol: string): number {
  const at = `minute ${new Date(t).toISOString()} of ${symbol}`
  if (v === undefined || !Number.isInteger(v)) {
    throw new SigmaError('NO_DATA', `${at} has no whole number of contracts (v)`)
  }
  if (vw !== undefined) return vw
  if (h === l) return c
  throw new SigmaError('NO_DATA', `${at} has no volume-weighted price (vw)`)
}
