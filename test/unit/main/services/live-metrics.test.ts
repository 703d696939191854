import { describe, expect, it } from 'vitest'
import { labelOf } from '#main/services/live-capacity.ts'
import { measureLive } from '#main/services/live-metrics.ts'

const equity = { cadence: 'hourly', assetType: 'eq' } as const
const now = Date.parse('2024-06-07T20:00:00Z')

function signal(ts: string, changes: object = {}) {
  const nothing = { fill_px: null, slippage: null, pnl: null }
  return { ts, date: ts.slice(0, 10), status: 'new', entry_ref_px: 500, ...nothing, ...changes }
}

// Monday to Thursday: +2 % and −1 % on Monday, nothing closed on Tuesday, −3 % on Wednesday, +1 % on Thursday.
const week = [
  signal('2024-06-03T18:00:00Z', { status: 'closed', pnl: 0.02, fill_px: 500.5, slippage: 0.5 }),
  signal('2024-06-03T19:00:00Z', { status: 'closed', pnl: -0.01, fill_px: 499.9, slippage: -0.1 }),
  signal('2024-06-04T19:00:00Z', { status: 'canceled' }),
  signal('2024-06-05T19:00:00Z', { status: 'closed', pnl: -0.03 }),
  signal('2024-06-06T15:00:00Z', { status: 'timed_out' }),
  signal('2024-06-06T19:00:00Z', { status: 'filled', pnl: 0.01 }),
]

describe('live figures', () => {
  it('rest on daily sums over all sessions, flat ones included', () => {
    const { sharpe, sortino, cum_return, max_dd } = measureLive(week, equity, now)
    const daily = [0.01, 0, -0.03, 0.01]
    const mean = -0.01 / 4
    const variance = daily.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 3
    expect(sharpe).toBeCloseTo((mean / Math.sqrt(variance)) * Math.sqrt(252), 10)
    expect(sortino).toBeCloseTo((mean / Math.sqrt(0.03 ** 2 / 4)) * Math.sqrt(252), 10)
    expect(cum_return).toBeCloseTo(1.01 * 0.97 * 1.01 - 1, 12)
    expect(max_dd).toBeCloseTo(0.03, 12)
  })

  it('count wins, fills and slips over what there is of each', () => {
    const figures = measureLive(week, equity, now)
    expect(figures).toMatchObject({ trades: 4, win_rate: 0.5 })
    expect(figures.expectancy).toBeCloseTo((0.02 - 0.01 - 0.03 + 0.01) / 4, 12)
    expect(figures.fill_rate).toBeCloseTo(4 / 6, 12)
    // 0.5 and 0.1 dollars on 500: 10 and 2 basis points.
    expect(figures.avg_slippage).toBeCloseTo(6, 10)
    expect(measureLive(week, { ...equity, assetType: 'opt' }, now).avg_slippage).toBeCloseTo(0.3, 10)
  })

  it('tell how many session bars have a signal, and how old the newest is', () => {
    const { coverage_pct, freshness_sec } = measureLive(week, equity, now)
    expect(coverage_pct).toBeCloseTo(6 / 28, 12)
    expect(freshness_sec).toBe(25 * 3600)
  })

  it('count one bar a session for daily models and four clock hours on a half day', () => {
    const daily = { cadence: 'daily', assetType: 'eq' } as const
    const two = [signal('2024-07-02T20:00:00Z'), signal('2024-07-05T20:00:00Z')]
    expect(measureLive(two, daily, now).coverage_pct).toBeCloseTo(2 / 3, 12)
    // 3 July 2024 closed at 13:00.
    expect(measureLive([signal('2024-07-03T15:00:00Z')], equity, now).coverage_pct).toBe(1 / 4)
  })

  it('are null without anything to rest on, never 0', () => {
    const nothing = {
      sharpe: null,
      sortino: null,
      cum_return: null,
      win_rate: null,
      expectancy: null,
      fill_rate: null,
      max_dd: null,
    }
    expect(measureLive([], equity, now)).toEqual({
      ...nothing,
      trades: 0,
      avg_slippage: null,
      coverage_pct: null,
      freshness_sec: null,
    })
    expect(measureLive([signal('2024-06-03T18:00:00Z')], equity, now)).toMatchObject(nothing)
    const one = [signal('2024-06-03T18:00:00Z', { status: 'closed', pnl: 0.01 })]
    expect(measureLive(one, equity, now)).toMatchObject({
      sharpe: null,
      sortino: null,
      win_rate: 1,
      max_dd: 0,
    })
  })
})

it('a capacity has a label in words', () => {
  expect([99_999, 100_000, 999_999, 1_000_000].map(labelOf)).toEqual(['Low', 'Medium', 'Medium', 'High'])
})
