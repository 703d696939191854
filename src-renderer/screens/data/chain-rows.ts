import type { ReplyOf } from '#shared/contract/index.ts'

export type Chain = ReplyOf<'getChain'>
export type Expiry = Chain['expiries'][number]

export interface SideQuote {
  bid: number | null
  ask: number | null
  mid: number | null
  /** Ask less bid as a fraction of the mid; null without a mid. */
  spread: number | null
  iv: number | null
  delta: number | null
  gamma: number | null
  openInterest: number | null
  /** Of the largest open interest of the expiry, 0 to 1. */
  openInterestShare: number
  volume: number | null
  isInTheMoney: boolean
}

export interface StrikeRow {
  strike: number
  isAtm: boolean
  call: SideQuote
  put: SideQuote
}

/** One row per strike of an expiry, ascending, both sides beside each other. */
export function strikeRows(expiry: Expiry, spot: number | null): StrikeRow[] {
  const mostHeld = Math.max(
    1,
    ...[...expiry.call.open_interest, ...expiry.put.open_interest].map((held) => held ?? 0),
  )
  const quoteOf = (side: Expiry['call'], i: number, isInTheMoney: boolean): SideQuote => {
    const bid = side.bid[i] ?? null
    const ask = side.ask[i] ?? null
    const mid = side.mid[i] ?? null
    const openInterest = side.open_interest[i] ?? null
    return {
      bid,
      ask,
      mid,
      spread: bid === null || ask === null || mid === null ? null : (ask - bid) / mid,
      iv: side.iv[i] ?? null,
      delta: side.delta[i] ?? null,
      gamma: side.gamma[i] ?? null,
      openInterest,
      openInterestShare: (openInterest ?? 0) / mostHeld,
      volume: side.volume[i] ?? null,
      isInTheMoney,
    }
  }
  return expiry.strikes.map((strike, i) => ({
    strike,
    isAtm: strike === expiry.atm_strike,
    call: quoteOf(expiry.call, i, spot !== null && strike < spot),
    put: quoteOf(expiry.put, i, spot !== null && strike > spot),
  }))
}

/** The expiry that the link names, else the nearest one that has a volatility, else the first. */
export function chooseExpiry(expiries: readonly Expiry[], wanted: string | undefined): Expiry | undefined {
  return (
    expiries.find(({ date }) => date === wanted) ??
    expiries.find(({ atm_iv }) => atm_iv !== null) ??
    expiries[0]
  )
}

/** Sessions with a snapshot before and after a date. */
export function neighbours(
  coverage: Pick<ReplyOf<'getCoverage'>, 'dates' | 'present'>,
  date: string,
): { previous: string | undefined; next: string | undefined } {
  const held = coverage.dates.filter((_, i) => (coverage.present[i] ?? 0) > 0)
  return { previous: held.findLast((each) => each < date), next: held.find((each) => each > date) }
}
