import { describe, expect, it } from 'vitest'
import { resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import type { Quote } from '#test/indicator-chain.ts'
import {
  at,
  call,
  day,
  friday,
  inputWith,
  level,
  measured,
  put,
  type Row,
  thursday,
  tuesday,
  valuesOf,
  wednesday,
} from '#test/option-rows.ts'

describe('at-the-money volatility', () => {
  const eod = (quotes: Quote[], spot = 100, minute = 390) =>
    valuesOf('atm_iv_eod', inputWith('daily', [[tuesday, minute]], [at(tuesday, minute, quotes, spot)]))[0]

  it('is the mean of call and put at the strike nearest the spot, the lower of two as near', () => {
    const quotes = [
      call(friday, 99, { iv: 0.2 }),
      put(friday, 99, { iv: 0.3 }),
      call(friday, 100, { iv: 0.6 }),
      put(friday, 100, { iv: 0.8 }),
    ]
    expect(eod(quotes, 99.5)).toBe(0.25)
    expect(eod(quotes, 99.51)).toBe(0.7)
  })

  it('is that of the one side which has it, and empty where neither does, 0 being none', () => {
    expect(eod([call(friday, 100, { iv: 0 }), put(friday, 100, { iv: 0.4 })])).toBe(0.4)
    expect(
      eod([call(friday, 100, {}), put(friday, 100, { iv: 0 }), call(friday, 101, { iv: 0.2 })]),
    ).toBeNaN()
  })

  it('leaves out the expiry that ends at the snapshot’s instant', () => {
    const quotes = [call(tuesday, 100, { iv: 3 }), call(wednesday, 100, { iv: 0.2 })]
    expect(eod(quotes)).toBe(0.2)
    expect(eod(quotes, 100, 389)).toBe(3)
  })

  it('is empty where the nearest strike is outside the strike band', () => {
    const input = inputWith('daily', [[tuesday, 390]], [at(tuesday, 390, level(0.2), 103)])
    expect(valuesOf({ name: 'atm_iv_eod', strike_band: 2 }, input)).toEqual([Number.NaN])
    expect(valuesOf({ name: 'atm_iv_eod', strike_band: 3 }, input)).toEqual([0.2])
  })
})

describe('atm_iv_open_delta', () => {
  const before = at(tuesday, 390, [
    put(wednesday, 100, { iv: 0.5 }),
    call(wednesday, 101, { iv: 0.2 }),
    put(wednesday, 101, { iv: 0.3 }),
    call(thursday, 101, { iv: 0.9 }),
  ])
  const morning = at(
    wednesday,
    30,
    [
      put(wednesday, 100, { iv: 0.7 }),
      call(wednesday, 101, { iv: 0.26 }),
      put(wednesday, 101, {}),
      call(thursday, 101, { iv: 0.1 }),
    ],
    100,
  )
  const later = at(wednesday, 90, [call(wednesday, 101, { iv: 0.99 })])
  const rows: Row[] = [
    [tuesday, 390],
    [wednesday, 29],
    [wednesday, 30],
    [wednesday, 90],
  ]

  it('follows today’s contract at the previous close’s strike, side by side, from the first snapshot on', () => {
    const input = inputWith('hourly', rows, [before, morning, later], [101.2, 55])
    expect(valuesOf('atm_iv_open_delta', input)).toEqual([Number.NaN, Number.NaN, 0.06, 0.06])
  })

  it('is empty without the same contract the day before, or where the first snapshot is not of the opening', () => {
    const other = at(tuesday, 390, [call(thursday, 101, { iv: 0.9 })])
    expect(
      valuesOf('atm_iv_open_delta', inputWith('hourly', rows, [other, morning], [101.2])).at(-1),
    ).toBeNaN()
    const late = at(wednesday, 61, morning.quotes)
    expect(valuesOf('atm_iv_open_delta', inputWith('hourly', rows, [before, late], [101.2])).at(-1)).toBeNaN()
  })
})

describe('volatility of a horizon', () => {
  const listed = (...dates: [string, number][]) => dates.map(([date, iv]) => call(day(date), 100, { iv }))

  it('iv30 is that of the listed expiry nearest to 30 calendar days, the earlier of two as near', () => {
    // 30 days after 1 October is 31 October.
    const quotes = listed(['2024-10-11', 0.1], ['2024-10-29', 0.2], ['2024-11-01', 0.3])
    expect(measured('iv30', at(tuesday, 30, quotes))).toBe(0.3)
    expect(measured('iv30', at(tuesday, 30, listed(['2024-10-30', 0.4], ['2024-11-01', 0.3])))).toBe(0.4)
  })

  it('iv30 is empty where nothing is listed near: a week’s volatility is not a month’s', () => {
    expect(measured('iv30', at(tuesday, 30, listed(['2024-10-16', 0.1])))).toBe(0.1)
    expect(measured('iv30', at(tuesday, 30, listed(['2024-10-15', 0.1])))).toBeNaN()
  })

  it('iv_term_slope is the far less the nearest, and empty where they are one expiry', () => {
    const quotes = listed(['2024-10-01', 0.1], ['2024-11-01', 0.3], ['2024-12-20', 0.45])
    expect(measured('iv_term_slope', at(tuesday, 30, quotes))).toBe(0.2)
    expect(measured('iv_term_slope__days_fwd=90', at(tuesday, 30, quotes))).toBe(0.35)
    expect(measured('iv_term_slope', at(tuesday, 390, quotes.slice(0, 2)))).toBeNaN()
    expect(resolveIndicator('iv_term_slope__days_fwd=90').outputs).toEqual(['iv_term_slope_90'])
  })

  it('iv_skew_25d is the call nearest 0.25 less the put nearest −0.25 of that expiry', () => {
    const november = day('2024-11-01')
    const quotes = [
      call(tuesday, 104, { iv: 0.9, delta: 0.25 }),
      put(november, 94, { iv: 0.35, delta: -0.18 }),
      put(november, 96, { iv: 0.31, delta: -0.26 }),
      call(november, 96, { iv: 0.7, delta: 0.74 }),
      call(november, 104, { iv: 0.22, delta: 0.28 }),
      call(november, 105, { delta: 0.25 }),
      call(november, 106, { iv: 0.2, delta: 0.2 }),
    ]
    expect(measured('iv_skew_25d', at(tuesday, 30, quotes))).toBe(-0.09)
    const far = quotes.filter(({ delta }) => delta !== -0.18 && delta !== -0.26)
    expect(
      measured('iv_skew_25d', at(tuesday, 30, [...far, put(november, 97, { iv: 0.3, delta: -0.4 })])),
    ).toBeNaN()
  })
})

describe('volatility against its year', () => {
  const november = day('2024-11-15')
  const ivs = [0.2, 0.3, 0.1, 0.25, 0.15, 0.22, 0.28, 0.12, 0.18, 0.24, 0.2]
  const first = day('2024-10-07')
  const month = (iv: number) => [call(november, 100, { iv })]
  const snapshots = ivs.map((iv, k) => at(first + k, 390, month(iv)))
  const days = ivs.map((_, k): Row => [first + k, 390])
  const input = inputWith('daily', days, snapshots)

  it('iv_rank_52w is the place in the range, from ten values on', () => {
    const values = valuesOf('iv_rank_52w', input)
    expect(values.slice(0, 9)).toEqual(new Array(9).fill(Number.NaN))
    expect(values.slice(9)).toEqual([0.7, 0.5])
  })

  it('iv_percentile_52w is the share at or below, the present value counted', () => {
    // Of eleven: .20 itself and its twin, .10, .15, .12, .18.
    expect(valuesOf('iv_percentile_52w', input)[10]).toBeCloseTo(6 / 11, 9)
  })

  it('atm_iv_zscore is in sample deviations of the window, from five values on', () => {
    const values = valuesOf('atm_iv_zscore__window_days=5', input)
    expect(values.slice(0, 4)).toEqual(new Array(4).fill(Number.NaN))
    // 0.20 0.30 0.10 0.25 0.15: mean 0.20, squares 0.025, newest 0.05 below.
    expect(values[4]).toBeCloseTo(-0.05 / Math.sqrt(0.025 / 4), 9)
    const last = ivs.slice(6)
    const mean = last.reduce((a, b) => a + b) / 5
    const deviation = Math.sqrt(last.reduce((a, v) => a + (v - mean) ** 2, 0) / 4)
    expect(values[10]).toBeCloseTo((0.2 - mean) / deviation, 8)
  })

  it('is empty where volatility never moved', () => {
    const still = inputWith(
      'daily',
      days,
      days.map(([session]) => at(session, 390, month(0.1))),
    )
    expect(valuesOf('iv_rank_52w', still)[10]).toBeNaN()
    expect(valuesOf('atm_iv_zscore', still)[10]).toBeNaN()
  })

  it('an hour counts its own value and the closes before it, not the close of its own day', () => {
    const morning = at(first + 10, 30, month(0.29))
    const close = at(first + 10, 390, month(0.9))
    const hourly = inputWith('hourly', [[first + 10, 30]], [...snapshots.slice(0, 10), morning, close])
    expect(valuesOf('iv_rank_52w', hourly)).toEqual([0.95])
    const known = inputWith('hourly', [[first + 10, 30]], [...snapshots.slice(0, 10), morning])
    expect(valuesOf('iv_percentile_52w', hourly)).toEqual(valuesOf('iv_percentile_52w', known))
  })

  it('the window counts sessions, so ones without a snapshot shorten the history', () => {
    const gap = snapshots.filter((_, k) => k !== 5)
    expect(valuesOf('iv_rank_52w__window_days=11', inputWith('daily', days, gap))[10]).toBe(0.5)
    expect(valuesOf('iv_rank_52w__window_days=10', inputWith('daily', days, gap))[10]).toBeNaN()
  })
})

describe('iv_smile_wings', () => {
  const smile = (middle: number, low = 90, high = 110) => [
    put(friday, low, { iv: 0.5 }),
    call(friday, 100, { iv: middle }),
    call(friday, high, { iv: 0.3 }),
  ]
  const rows: Row[] = [
    [tuesday, 29],
    [tuesday, 30],
    [tuesday, 90],
    [tuesday, 150],
  ]

  it('is seen from the first snapshot of the span on, the newest within it counts', () => {
    const snapshots = [
      at(tuesday, 10, smile(0.05)),
      at(tuesday, 30, smile(0.2)),
      at(tuesday, 90, smile(0.1)),
      at(tuesday, 150, smile(0.01)),
    ]
    const input = inputWith('hourly', rows, snapshots)
    expect(valuesOf('iv_smile_wings', input)).toEqual([Number.NaN, 0.2, 0.3, 0.3])
    expect(valuesOf('iv_smile_wings__sampling=12:00-12:30', input)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      0.39,
    ])
    const tomorrow = inputWith('hourly', [[wednesday, 30]], snapshots)
    expect(valuesOf('iv_smile_wings', tomorrow)).toEqual([Number.NaN])
  })

  it('takes strikes within a point of the wings, else it is empty', () => {
    expect(measured('iv_smile_wings', at(tuesday, 30, smile(0.2, 89, 111)))).toBe(0.2)
    expect(measured('iv_smile_wings', at(tuesday, 30, smile(0.2, 88, 110)))).toBeNaN()
  })

  it('refuses a span that ends before it starts', () => {
    expect(() => resolveIndicator('iv_smile_wings__sampling=11:00-10:00')).toThrow(/ends before it starts/)
    expect(() => resolveIndicator('iv_smile_wings__sampling=25:00-26:00')).toThrow(/sampling/)
  })
})

describe('iv_realized_spread', () => {
  const closes = [100, 101, 99.99]
  // Returns of +1 % and −1 %: sample deviation 0.01 · √2.
  const realized = 0.01 * Math.SQRT2
  const sessions = [tuesday, wednesday, thursday]

  it('takes the yearly deviation of returns from the at-the-money volatility', () => {
    const days = sessions.map((session, k): Row => [session, 390, closes[k]!])
    const snapshots = sessions.map((session) => at(session, 390, level(0.3)))
    const daily = valuesOf('iv_realized_spread__window=2', inputWith('daily', days, snapshots))
    expect(daily.slice(0, 2)).toEqual([Number.NaN, Number.NaN])
    expect(daily[2]).toBeCloseTo(0.3 - realized * Math.sqrt(252), 9)
    const hours = [30, 90, 150].map((minute, k): Row => [tuesday, minute, closes[k]!])
    const hourly = inputWith('hourly', hours, [at(tuesday, 150, level(0.3))])
    expect(valuesOf('iv_realized_spread__window=2', hourly)[2]).toBeCloseTo(
      0.3 - realized * Math.sqrt(252 * 7),
      8,
    )
  })

  it('is empty, not minus the realized volatility, where the chain has none', () => {
    const days = sessions.map((session, k): Row => [session, 390, closes[k]!])
    const bare = inputWith('daily', days, [at(thursday, 390, [call(friday, 100, {})])])
    expect(valuesOf('iv_realized_spread__window=2', bare)[2]).toBeNaN()
  })

  it('refuses a frequency that is not the rows’', () => {
    const input = inputWith('daily', [[tuesday, 390]], [])
    expect(() => valuesOf('iv_realized_spread__freq=hour', input)).toThrow(
      /freq hour is not that of daily rows/,
    )
    expect(valuesOf('iv_realized_spread__freq=day', input)).toEqual([Number.NaN])
  })
})
