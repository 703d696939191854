import { describe, expect, it } from 'vitest'
import { type WalkedBars, walkBracket } from '#renderer/screens/signals/walk-bracket.ts'

const days = ['2024-03-01', '2024-03-04', '2024-03-05', '2024-03-06', '2024-03-07']
const starts = days.map((day) => Date.parse(`${day}T14:30:00Z`))

/** Bars of the days that rest at 100, but for what is given of some. */
function barsWith(
  changes: Record<number, Partial<Record<'open' | 'high' | 'low' | 'close', number>>>,
): WalkedBars {
  const column = (name: 'open' | 'high' | 'low' | 'close') => days.map((_, i) => changes[i]?.[name] ?? 100)
  return {
    ...{ cadence: 'daily', ts: days.map((day) => `${day}T14:30:00Z`) },
    ...{ open: column('open'), high: column('high'), low: column('low'), close: column('close') },
  }
}

const buy = {
  ...{ ts: '2024-03-01T21:00:00Z', side: 'buy' as const, stop_px: 98, target_px: 104 },
  time_stop_ts: '2024-03-06T21:00:00Z',
}
const walk = (bars: WalkedBars, signal: Parameters<typeof walkBracket>[2] = buy) =>
  walkBracket(bars, starts, signal)

describe('walkBracket', () => {
  it('ends at the first level that a bar touches after the decision, never on its own bar', () => {
    expect(walk(barsWith({ 0: { low: 90 }, 2: { high: 104 }, 3: { low: 90 } }))).toEqual({
      ...{ from: 0, to: 2, end: 'target', price: 104 },
    })
    expect(walk(barsWith({ 1: { low: 97.5 } }))).toEqual({ from: 0, to: 1, end: 'stop', price: 98 })
  })

  it('counts a bar that touches both as stopped, and one that opens past a level at its open', () => {
    expect(walk(barsWith({ 1: { low: 97, high: 105 } }))).toMatchObject({ end: 'stop', price: 98 })
    expect(walk(barsWith({ 2: { open: 96, low: 95 } }))).toMatchObject({ end: 'stop', price: 96 })
    expect(walk(barsWith({ 2: { open: 106, low: 95 } }))).toMatchObject({ end: 'target', price: 106 })
  })

  it('turns the levels of a sell around', () => {
    const sell = { ...buy, side: 'sell' as const, stop_px: 103, target_px: 95 }
    expect(walk(barsWith({ 1: { high: 103 } }), sell)).toMatchObject({ end: 'stop', price: 103 })
    expect(walk(barsWith({ 3: { low: 94 } }), sell)).toMatchObject({ end: 'target', price: 95, to: 3 })
  })

  it('leaves at the close of the last bar of its time', () => {
    expect(walk(barsWith({ 3: { close: 101 } }))).toEqual({ from: 0, to: 3, end: 'time', price: 101 })
    const last = { ...buy, time_stop_ts: '2024-03-07T21:00:00Z' }
    expect(walk(barsWith({ 4: { close: 102 } }), last)).toEqual({ from: 0, to: 4, end: 'time', price: 102 })
  })

  it('is open where the bars end first, and null before the first bar', () => {
    const long = { ...buy, time_stop_ts: '2024-03-20T20:00:00Z' }
    expect(walk(barsWith({}), long)).toEqual({ from: 0, to: 4, end: 'open', price: null })
    expect(walk(barsWith({}), { ...buy, ts: '2024-02-29T21:00:00Z' })).toBeNull()
  })
})
