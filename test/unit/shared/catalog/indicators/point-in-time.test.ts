import { describe, expect, it } from 'vitest'
import { sessionOpen } from '#shared/calendar/sessions.ts'
import type { IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { indicatorInput } from '#test/indicator-input.ts'
import { computeColumns } from '#test/indicator-suite.ts'

const minuteMs = 60_000
const hourly = indicatorInput('hourly', 60)
const daily = indicatorInput('daily', 60)
const session0 = hourly.session[0]!

const column = (spec: unknown, input: IndicatorInput) => Object.values(computeColumns(spec, input))[0]!
const rowsOf = (input: IndicatorInput, session: number) =>
  Array.from({ length: input.rows }, (_, i) => i).filter((i) => input.session[i] === session)
const fineBars = (session: number) =>
  Array.from({ length: hourly.intraday!.length }, (_, k) => k).filter(
    (k) => hourly.intraday!.session[k] === session,
  )

describe('daily indicators on intraday rows', () => {
  it('hold the previous session’s value all day', () => {
    const values = column('daily_ret', hourly)
    for (const row of rowsOf(hourly, session0 + 5)) {
      expect(values[row]).toBeCloseTo(hourly.daily.close[4]! / hourly.daily.close[3]! - 1, 12)
    }
  })

  it('daily_rsi equals rsi on daily rows one session later', () => {
    const onDays = column('rsi', daily)
    const onHours = column('daily_rsi', hourly)
    for (const row of rowsOf(hourly, session0 + 30)) expect(onHours[row]).toBe(onDays[29])
  })

  it('daily_vwap is the vwap of the session shift_days ago', () => {
    const row = rowsOf(hourly, session0 + 9)[2]!
    expect(column('daily_vwap', hourly)[row]).toBe(hourly.daily.vwap[8])
    expect(column('daily_vwap__shift_days=3', hourly)[row]).toBe(hourly.daily.vwap[6])
  })

  it('pivots come from the previous session’s high, low and close', () => {
    const [row] = rowsOf(hourly, session0 + 9) as [number]
    const { high, low, close } = hourly.daily
    const pivot = (high[8]! + low[8]! + close[8]!) / 3
    const columns = computeColumns('pivots_standard', hourly)
    expect(columns['pivot_standard_p']![row]).toBe(pivot)
    expect(columns['pivot_standard_r2']![row]).toBeCloseTo(pivot + high[8]! - low[8]!, 12)
    expect(columns['pivot_standard_s3']![row]).toBeCloseTo(low[8]! - 2 * (high[8]! - pivot), 12)
    expect(computeColumns('pivots_camarilla', hourly)['pivot_camarilla_r4']![row]).toBeCloseTo(
      close[8]! + 0.55 * (high[8]! - low[8]!),
      12,
    )
  })
})

describe('within the session', () => {
  it('day_range_pos uses the range so far', () => {
    const rows = rowsOf(hourly, session0 + 3)
    const values = column('day_range_pos', hourly)
    for (const [k, row] of rows.entries()) {
      const top = Math.max(...rows.slice(0, k + 1).map((i) => hourly.high[i]!))
      const bottom = Math.min(...rows.slice(0, k + 1).map((i) => hourly.low[i]!))
      expect(values[row]).toBeCloseTo((hourly.close[row]! - bottom) / (top - bottom), 12)
    }
  })

  it('intraday_vwap starts anew with each session and ends at the day’s vwap', () => {
    const rows = rowsOf(hourly, session0 + 3)
    const values = column('intraday_vwap', hourly)
    expect(values[rows[0]!]).toBeCloseTo(hourly.vwap[rows[0]!]!, 12)
    expect(values[rows.at(-1)!]).toBeCloseTo(hourly.daily.vwap[3]!, 9)
  })

  it('intraday_vwap on daily rows is that of the day’s 5-minute bars, else the bar’s own vwap, else its typical price', () => {
    expect(column('intraday_vwap', daily)[7]).toBeCloseTo(hourly.daily.vwap[7]!, 9)
    const alone = { ...daily, intraday: null }
    expect(column('intraday_vwap', alone)[7]).toBe(daily.vwap[7])
    const bare = { ...alone, vwap: new Float64Array(daily.rows).fill(Number.NaN) }
    expect(column('intraday_vwap', bare)[7]).toBeCloseTo(
      (daily.high[7]! + daily.low[7]! + daily.close[7]!) / 3,
      12,
    )
  })

  it('returns_last_30m spans the last six 5-minute bars, the opening one from its open', () => {
    const [first, second] = rowsOf(hourly, session0 + 2) as [number, number]
    const bars = fineBars(session0 + 2)
    const { open, close } = hourly.intraday!
    const values = column('returns_last_30m', hourly)
    expect(values[first]).toBeCloseTo(close[bars[5]!]! / open[bars[0]!]! - 1, 12)
    expect(values[second]).toBeCloseTo(close[bars[17]!]! / close[bars[11]!]! - 1, 12)
  })

  it('rsi_last_hour sees the twelve bars of its hour, and is empty while the session is too young', () => {
    const [first, second] = rowsOf(hourly, session0 + 2) as [number, number]
    const values = column('rsi_last_hour__period=12', hourly)
    const closes = fineBars(session0 + 2)
      .slice(5, 18)
      .map((k) => hourly.intraday!.close[k]!)
    const changes = closes.slice(1).map((price, k) => price - closes[k]!)
    const gains = changes.filter((change) => change > 0).reduce((a, b) => a + b, 0)
    const size = changes.reduce((a, b) => a + Math.abs(b), 0)
    expect(values[first]).toBeNaN()
    expect(values[second]).toBeCloseTo((100 * gains) / size, 9)
  })

  it('first15m_range_z is the range of three bars over the daily ATR, and empty before they are over', () => {
    const session = session0 + 20
    const bars = fineBars(session).slice(0, 3)
    const range =
      Math.max(...bars.map((k) => hourly.intraday!.high[k]!)) -
      Math.min(...bars.map((k) => hourly.intraday!.low[k]!))
    const atr = column('atr', daily)[19]!
    for (const row of rowsOf(hourly, session)) {
      expect(column('first15m_range_z', hourly)[row]).toBeCloseTo(range / atr, 9)
    }
    const early = { ...hourly, ts: hourly.ts.slice() }
    const [row] = rowsOf(hourly, session) as [number]
    early.ts[row] = sessionOpen[session]! + 10 * minuteMs
    expect(column('first15m_range_z', early)[row]).toBeNaN()
  })

  it('open_gap_z is the gap over the ATR of completed days, the same all day', () => {
    const rows = rowsOf(hourly, session0 + 20)
    const gap = hourly.open[rows[0]!]! - hourly.daily.close[19]!
    for (const row of rows)
      expect(column('open_gap_z', hourly)[row]).toBeCloseTo(gap / column('atr', daily)[19]!, 9)
  })

  it('open_gap_z in 5-minute deviations sets a return against a return', () => {
    const [row] = rowsOf(hourly, session0 + 20) as [number]
    const closes = fineBars(session0 + 19).map((k) => hourly.intraday!.close[k]!)
    const returns = closes.slice(1).map((price, k) => price / closes[k]! - 1)
    const mean = returns.reduce((a, b) => a + b, 0) / returns.length
    const deviation = Math.sqrt(returns.reduce((a, r) => a + (r - mean) ** 2, 0) / (returns.length - 1))
    const gap = hourly.open[row]! / hourly.daily.close[19]! - 1
    expect(column('open_gap_z__norm=stddev5m', hourly)[row]).toBeCloseTo(gap / deviation, 9)
  })

  it('vol_zscore compares with the same hour of the sessions before', () => {
    const rows = Array.from({ length: 6 }, (_, s) => rowsOf(hourly, session0 + s)[3]!)
    const past = rows.slice(1, 5).map((row) => hourly.volume[row]!)
    const mean = past.reduce((a, b) => a + b, 0) / 4
    const deviation = Math.sqrt(past.reduce((a, v) => a + (v - mean) ** 2, 0) / 3)
    expect(column('vol_zscore__window=4', hourly)[rows[5]!]).toBeCloseTo(
      (hourly.volume[rows[5]!]! - mean) / deviation,
      9,
    )
  })
})

describe('flow and index levels', () => {
  it('pcr_eod is the put/call ratio of the whole session before', () => {
    const before = rowsOf(hourly, session0 + 4)
    const puts = before.reduce((sum, row) => sum + hourly.flow!.putsSold[row]!, 0)
    const calls = before.reduce((sum, row) => sum + hourly.flow!.callsSold[row]!, 0)
    for (const row of rowsOf(hourly, session0 + 5))
      expect(column('pcr_eod', hourly)[row]).toBeCloseTo(puts / calls, 12)
  })

  it('pcr_volume is empty where no call traded', () => {
    const flow = { ...hourly.flow!, callsSold: hourly.flow!.callsSold.slice() }
    flow.callsSold[8] = 0
    const values = column('pcr_volume', { ...hourly, flow })
    expect(values[8]).toBeNaN()
    expect(values[9]).toBeCloseTo(flow.putsSold[9]! / flow.callsSold[9]!, 12)
  })

  it('vix_delta is the change from the session before, all day', () => {
    const [row] = rowsOf(hourly, session0 + 4) as [number]
    const { vix } = hourly.index!
    expect(column('vix_delta', hourly)[row + 3]).toBeCloseTo(vix[row]! - vix[row - 1]!, 12)
  })

  it('vix_term_slope takes tenors as well as tickers', () => {
    const byTenor = computeColumns({ name: 'vix_term_slope', near: '3m', far: '6m' }, hourly)
    const byTicker = computeColumns({ name: 'vix_term_slope', near: 'I:VIX3M', far: 'I:VIX6M' }, hourly)
    expect(Object.keys(byTenor)).toEqual(['vix_term_slope_3m_6m'])
    expect(byTenor).toEqual(byTicker)
    expect(byTenor['vix_term_slope_3m_6m']![5]).toBeCloseTo(
      hourly.index!.vix6m[5]! - hourly.index!.vix3m[5]!,
      12,
    )
  })
})

it('momentum_score_total scores against the past alone and adds the daily lean', () => {
  const row = 200
  const z = (lag: number) => {
    const changes = Array.from(
      { length: row + 1 },
      (_, i) => hourly.close[i]! / hourly.close[i - lag]! - 1,
    ).slice(lag)
    const past = changes.slice(0, -1)
    const mean = past.reduce((a, b) => a + b, 0) / past.length
    const deviation = Math.sqrt(past.reduce((a, c) => a + (c - mean) ** 2, 0) / (past.length - 1))
    return (changes.at(-1)! - mean) / deviation
  }
  const lean = (column('daily_rsi', hourly)[row]! - 50) / 50
  const expected = (0.7 * (z(1) + z(3))) / 2 + 0.3 * lean
  expect(column('momentum_score_total', hourly)[row]).toBeCloseTo(expected, 9)
})

it('hour_of_day is the hour in which the bar starts, day_of_week counts from Monday', () => {
  const rows = rowsOf(hourly, session0)
  expect(rows.map((row) => column('hour_of_day', hourly)[row])).toEqual([9, 10, 11, 12, 13, 14, 15])
  // 2024-10-01 was a Tuesday.
  expect(column('day_of_week', hourly)[0]).toBe(1)
  expect(column('hour_of_day', daily)[0]).toBe(16)
})
