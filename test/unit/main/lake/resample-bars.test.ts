import { describe, expect, it } from 'vitest'
import {
  emptyBars,
  opensAtCloseShare,
  toClockHours,
  toDaily,
  toQuarterHours,
} from '#main/lake/resample-bars.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'

const fiveMinutes = 300_000

/** 5-minute bars of some sessions with prices that tell their place: bar i opens at 100 + i and closes at 100.5 + i. */
function fiveMinuteBars(dates: string[]): BarSeries {
  const starts = dates.flatMap((date) => {
    const session = sessionOfDate(date)
    const count = (sessionClose[session]! - sessionOpen[session]!) / fiveMinutes
    return Array.from({ length: count }, (_, i) => ({
      session,
      openTs: sessionOpen[session]! + i * fiveMinutes,
    }))
  })
  const bars = emptyBars(starts.length)
  starts.forEach(({ session, openTs }, i) => {
    bars.session[i] = session
    bars.openTs[i] = openTs
    bars.ts[i] = openTs + fiveMinutes
    bars.open[i] = 100 + i
    bars.high[i] = 101 + i
    bars.low[i] = 99 + i
    bars.close[i] = 100.5 + i
    bars.volume[i] = i + 1
    bars.vwap[i] = 100 + i
  })
  return bars
}

const iso = (ts: number | undefined) => new Date(ts ?? Number.NaN).toISOString()

describe('resampling bars', () => {
  it('cuts clock hours at the session: half an hour first, 16:00 last', () => {
    const hours = toClockHours(fiveMinuteBars(['2024-06-14']))
    expect(Array.from(hours.openTs, iso)[0]).toBe('2024-06-14T13:30:00.000Z')
    expect(Array.from(hours.ts, (ts) => iso(ts).slice(11, 16))).toEqual([
      '14:00',
      '15:00',
      '16:00',
      '17:00',
      '18:00',
      '19:00',
      '20:00',
    ])
    expect(Array.from(hours.open)).toEqual([100, 106, 118, 130, 142, 154, 166])
    expect(Array.from(hours.close)).toEqual([105.5, 117.5, 129.5, 141.5, 153.5, 165.5, 177.5])
    expect([hours.high[0], hours.low[1]]).toEqual([106, 105])
    expect(hours.volume[0]).toBe(21)
    expect(hours.vwap[0]).toBeCloseTo((1 * 100 + 2 * 101 + 3 * 102 + 4 * 103 + 5 * 104 + 6 * 105) / 21, 12)
  })

  it('ends the hours of a half day at 13:00, and keeps clock hours in winter', () => {
    const half = toClockHours(fiveMinuteBars(['2024-07-03']))
    expect(Array.from(half.ts, (ts) => iso(ts).slice(11, 16))).toEqual(['14:00', '15:00', '16:00', '17:00'])
    const winter = toClockHours(fiveMinuteBars(['2024-11-29']))
    expect(Array.from(winter.ts, (ts) => iso(ts).slice(11, 16))).toEqual(['15:00', '16:00', '17:00', '18:00'])
    expect(toQuarterHours(fiveMinuteBars(['2024-07-03'])).length).toBe(14)
  })

  it('makes one bar a session, and one that ends early on request', () => {
    const bars = fiveMinuteBars(['2024-07-02', '2024-07-03'])
    const daily = toDaily(bars)
    expect(Array.from(daily.ts)).toEqual(
      ['2024-07-02', '2024-07-03'].map((date) => sessionClose[sessionOfDate(date)]!),
    )
    expect([...daily.open, ...daily.close]).toEqual([100, 178, 177.5, 219.5])
    const cut = toDaily(bars, 10)
    expect(cut.ts[1]).toBe(sessionClose[sessionOfDate('2024-07-03')]! - 600_000)
    expect([...cut.open, ...cut.close]).toEqual([100, 178, 175.5, 217.5])
    expect(cut.high[1]).toBe(218)
  })

  it('leaves out bars before the opening', () => {
    const bars = fiveMinuteBars(['2024-06-14'])
    bars.openTs[0]! -= 3_600_000
    bars.ts[0]! -= 3_600_000
    expect(toDaily(bars).open[0]).toBe(101)
  })

  it('has no average price where a traded part has none', () => {
    const bars = fiveMinuteBars(['2024-06-14'])
    bars.vwap[0] = Number.NaN
    bars.volume[6] = 0
    bars.vwap[6] = Number.NaN
    const hours = toClockHours(bars)
    expect(hours.vwap[0]).toBeNaN()
    expect(hours.vwap[1]).not.toBeNaN()
  })

  it('counts opens at the previous close over sessions, not over bars', () => {
    const bars = fiveMinuteBars(['2024-06-12', '2024-06-13', '2024-06-14'])
    bars.open[78] = bars.close[77]!
    for (let i = 1; i < 70; i++) bars.open[i] = bars.close[i - 1]!
    expect(opensAtCloseShare(bars)).toBe(0.5)
  })

  it('leaves out a last bar that the data do not reach the end of: it has not closed yet', () => {
    const whole = fiveMinuteBars(['2024-06-13', '2024-06-14'])
    const isBefore = (ts: number) => ts <= sessionOpen[sessionOfDate('2024-06-14')]! + 95 * 60_000
    const length = whole.ts.filter(isBefore).length
    const cut = Object.fromEntries(
      Object.entries(whole).map(([name, values]) => [
        name,
        typeof values === 'number' ? length : values.slice(0, length),
      ]),
    ) as unknown as BarSeries
    // Data until 11:05: the hour from 11:00 and the day are under way.
    expect(iso(toClockHours(cut).ts.at(-1))).toBe('2024-06-14T15:00:00.000Z')
    expect(iso(toQuarterHours(cut).ts.at(-1))).toBe('2024-06-14T15:00:00.000Z')
    expect(toDaily(cut).length).toBe(1)
    expect(toDaily(cut, 5).length).toBe(1)
    expect(toDaily(whole, 5).length).toBe(2)
  })
})
