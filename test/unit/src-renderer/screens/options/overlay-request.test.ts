import { describe, expect, it } from 'vitest'
import type { SignalRow } from '#renderer/api/types.ts'
import { daysBetween, readOverlay, readWindow } from '#renderer/screens/options/overlay-request.ts'
import { daysWithin, nearestDays, signalDays } from '#renderer/screens/options/signal-days.ts'

describe('the request of a link', () => {
  it('of a bare link leaves everything to the policy', () => {
    expect(readOverlay({ model_id: 'm', position: '3' })).toEqual({ wish: {}, problems: {} })
  })

  it('has every parameter that the link gives, in the contract’s units', () => {
    const { wish, problems } = readOverlay({
      ...{ option_mode: 'vertical', spread_width: '2.5', side_override: 'put', target_delta: '0.4' },
      ...{ dte_target: '7', min_oi: '100', min_vol: '10', max_spread_pct: '12.5', limit: '5' },
      ...{ include_underlying_parity: 'false', write_parity_csv: 'true' },
    })
    expect(problems).toEqual({})
    expect(wish).toEqual({
      ...{ option_mode: 'vertical', spread_width: 2.5, side_override: 'put', target_delta: 0.4 },
      ...{ dte_target: 7, min_oi: 100, min_vol: 10, max_spread: 0.125, limit: 5 },
      ...{ include_underlying_parity: false, write_parity_csv: true },
    })
  })

  it('sends no width for a single option, and no target beside a named expiry', () => {
    const { wish } = readOverlay({ spread_width: '5', dte_target: '7', expiry: '2024-06-14' })
    expect(wish).toEqual({ expiry: '2024-06-14' })
    expect(readOverlay({ spread_width: 'wide' }).problems).toEqual({})
  })

  it('names what the contract would refuse, by its own limits', () => {
    const { wish, problems } = readOverlay({
      ...{ target_delta: '1', min_oi: '1.5', max_spread_pct: '101', limit: '201', dte_target: 'soon' },
    })
    expect(wish).toEqual({})
    expect(problems).toEqual({
      target_delta: 'a number, above 0 to below 1',
      min_oi: 'a whole number, 0 to 1,000,000,000',
      max_spread_pct: 'a number, above 0 to 100',
      limit: 'a whole number, 1 to 200',
      dte_target: 'a whole number, 0 to 1,000',
    })
  })

  it('passes over what no link of ours says', () => {
    expect(readOverlay({ option_mode: 'butterfly', side_override: 'both', expiry: 'friday' }).wish).toEqual(
      {},
    )
  })
})

describe('the window of a link', () => {
  it('is the newest day, the day that is named, or from one to another', () => {
    expect(readWindow({}, '2024-06-28')).toEqual({ start: '2024-06-28', end: '2024-06-28' })
    expect(readWindow({ start: '2024-06-03' }, '2024-06-28')).toEqual({
      start: '2024-06-03',
      end: '2024-06-03',
    })
    expect(readWindow({ start: 'x', end: '2024-06-29' }, '2024-06-28')).toEqual({
      start: '2024-06-28',
      end: '2024-06-29',
    })
  })

  it('counts calendar days, over a change of the clocks too', () => {
    expect(daysBetween('2024-03-08', '2024-03-15')).toBe(7)
    expect(daysBetween('2024-06-07', '2024-06-07')).toBe(0)
  })
})

describe('days with signals', () => {
  const rows = [
    ['2024-06-20', 'balanced', 'SPY'],
    ['2024-06-18', 'balanced', 'SPY'],
    ['2024-06-18', 'balanced', 'QQQ'],
    ['2024-06-17', 'aggressive', 'SPY'],
  ].map(([date, risk_profile, ticker]) => ({ date, risk_profile, ticker })) as SignalRow[]
  const days = signalDays(rows, 'balanced')
  const on = (start: string, end = start) => ({ start, end })

  it('are those of the profile, the oldest first', () => {
    expect(days).toEqual([
      { date: '2024-06-18', count: 2, tickers: ['SPY', 'QQQ'] },
      { date: '2024-06-20', count: 1, tickers: ['SPY'] },
    ])
  })

  it('lie within a window, both ends included', () => {
    expect(daysWithin(days, on('2024-06-18', '2024-06-20'))).toHaveLength(2)
    expect(daysWithin(days, on('2024-06-19'))).toEqual([])
  })

  it('are offered on both sides of a window without any', () => {
    const dates = (window: { start: string; end: string }) =>
      nearestDays(days, window).map(({ date }) => date)
    expect(dates(on('2024-06-19'))).toEqual(['2024-06-18', '2024-06-20'])
    expect(dates(on('2024-06-21', '2024-06-30'))).toEqual(['2024-06-20'])
  })
})
