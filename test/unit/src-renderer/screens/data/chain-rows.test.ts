import { describe, expect, it } from 'vitest'
import { chooseExpiry, type Expiry, neighbours, strikeRows } from '#renderer/screens/data/chain-rows.ts'

const none = [null, null, null]
const side = { bid: none, ask: none, mid: none, iv: none, delta: none, gamma: none }
const expiry: Expiry = {
  date: '2024-03-08',
  expires_at: '2024-03-08T21:00:00.000Z',
  kind: 'weekly',
  days: 0,
  atm_strike: 100,
  atm_iv: null,
  strikes: [99, 100, 101],
  call: {
    ...side,
    bid: [null, 1, 0],
    ask: [2, 1.2, 0.1],
    mid: [null, 1.1, null],
    open_interest: [40, null, 10],
    volume: none,
  },
  put: { ...side, open_interest: [80, 0, null], volume: none },
}

describe('rows of a chain', () => {
  it('mark the strike at the money and each side in the money', () => {
    const rows = strikeRows(expiry, 100.4)
    expect(rows.map(({ isAtm }) => isAtm)).toEqual([false, true, false])
    expect(rows.map(({ call }) => call.isInTheMoney)).toEqual([true, true, false])
    expect(rows.map(({ put }) => put.isInTheMoney)).toEqual([false, false, true])
  })

  it('give a spread only where there is a middle to measure it by', () => {
    const spreads = strikeRows(expiry, 100.4).map(({ call }) => call.spread)
    expect(spreads).toEqual([null, expect.closeTo(0.2 / 1.1, 12), null])
  })

  it('measure open interest against the largest of both sides', () => {
    const rows = strikeRows(expiry, 100.4)
    expect(rows.map(({ call }) => call.openInterestShare)).toEqual([0.5, 0, 0.125])
    expect(rows.map(({ put }) => put.openInterestShare)).toEqual([1, 0, 0])
  })

  it('put nothing in the money while the spot is unknown', () => {
    expect(strikeRows(expiry, null).some(({ call, put }) => call.isInTheMoney || put.isInTheMoney)).toBe(
      false,
    )
  })
})

describe('the expiry to show', () => {
  const later = { ...expiry, date: '2024-03-15', atm_iv: 0.2 }
  it('is the one of the link, else the nearest with a volatility, else the first', () => {
    expect(chooseExpiry([expiry, later], '2024-03-08')).toBe(expiry)
    expect(chooseExpiry([expiry, later], '2024-04-19')).toBe(later)
    expect(chooseExpiry([expiry], undefined)).toBe(expiry)
    expect(chooseExpiry([], undefined)).toBeUndefined()
  })
})

describe('neighbouring sessions', () => {
  const coverage = { dates: ['2024-03-07', '2024-03-08', '2024-03-11', '2024-03-12'], present: [1, 0, 2, 1] }
  it('are those with a snapshot, from a date without one too', () => {
    expect(neighbours(coverage, '2024-03-11')).toEqual({ previous: '2024-03-07', next: '2024-03-12' })
    expect(neighbours(coverage, '2024-03-08')).toEqual({ previous: '2024-03-07', next: '2024-03-11' })
    expect(neighbours(coverage, '2024-03-07')).toEqual({ previous: undefined, next: '2024-03-11' })
  })
})
