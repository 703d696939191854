import { describe, expect, it } from 'vitest'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { Cadence, IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { chainOf, type Quote, type Snapshot } from '#test/indicator-chain.ts'
import { indicatorInput, inputOfBars } from '#test/indicator-input.ts'
import { computeColumns } from '#test/indicator-suite.ts'

const minuteMs = 60_000
// A Tuesday.
const tuesday = sessionOfDate('2024-10-01')
const [wednesday, thursday, friday] = [tuesday + 1, tuesday + 2, tuesday + 3] as const

/** A row's decision: session, minutes after the opening bell, close. */
type Row = [session: number, minute: number, close?: number]

function inputWith(
  cadence: Cadence,
  rows: Row[],
  snapshots: Snapshot[],
  dailyClose?: number[],
): IndicatorInput {
  const close = Float64Array.from(rows, ([, , price = 100]) => price)
  const days = Float64Array.from(dailyClose ?? [100, 100, 100, 100])
  const flat = { open: close, high: close, low: close, close, volume: close }
  const ts = Float64Array.from(rows, ([session, minute]) => sessionOpen[session]! + minute * minuteMs)
  const session = Int32Array.from(rows, ([each]) => each)
  const bars = inputOfBars(flat)
  return {
    ...bars,
    cadence,
    ts,
    session,
    daily: {
      ...bars.daily,
      close: days,
      length: days.length,
      session: Int32Array.from(days, (_, k) => tuesday + k),
      asOf: session.map((each) => each - tuesday),
    },
    chain: chainOf(snapshots, ts),
  }
}

const at = (session: number, minute: number, quotes: Quote[], spot = 100): Snapshot => ({
  ts: sessionOpen[session]! + minute * minuteMs,
  session,
  spot,
  quotes,
})

const call = (session: number, strike: number, rest: Partial<Quote>): Quote => ({
  expiry: sessionClose[session]!,
  strike,
  isCall: true,
  ...rest,
})
const put = (session: number, strike: number, rest: Partial<Quote>): Quote => ({
  ...call(session, strike, rest),
  isCall: false,
})
/** A call at 100 that expires on Friday, with a volatility. */
const level = (iv: number) => [call(friday, 100, { iv })]

function valuesOf(spec: unknown, input: IndicatorInput): number[] {
  return [...Object.values(computeColumns(spec, input))[0]!].map((value) => Math.round(value * 1e9) / 1e9)
}
/** The value on one row that is decided at the snapshot. */
const measured = (spec: unknown, snapshot: Snapshot, close = 100) =>
  valuesOf(
    spec,
    inputWith(
      'hourly',
      [[snapshot.session, (snapshot.ts - sessionOpen[snapshot.session]!) / minuteMs, close]],
      [snapshot],
    ),
  )[0]!

const day = (date: string) => sessionOfDate(date)

describe('what a row sees', () => {
  const noon = at(tuesday, 150, [call(friday, 100, { openInterest: 7 })])
  const one = at(tuesday, 210, [call(friday, 100, { openInterest: 9 })])

  it('is the newest snapshot taken up to its decision, and none before the first', () => {
    const input = inputWith(
      'hourly',
      [
        [tuesday, 90],
        [tuesday, 150],
        [tuesday, 209],
        [tuesday, 210],
      ],
      [noon, one],
    )
    expect(valuesOf('chain_oi_total', input)).toEqual([Number.NaN, 7, 7, 9])
  })

  it('is never a snapshot of another session', () => {
    const input = inputWith('hourly', [[wednesday, 30]], [noon, one])
    for (const id of ['chain_oi_total', 'oi_peak_strike', 'gamma_skew_left_right', 'oi_trend', 'iv30'])
      expect(valuesOf(id, input)).toEqual([Number.NaN])
  })
})

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

describe('end-of-day figures', () => {
  const snapshots = [
    at(tuesday, 30, level(0.9)),
    at(tuesday, 390, level(0.1)),
    at(wednesday, 30, level(0.8)),
    at(wednesday, 390, level(0.4)),
    at(thursday, 30, level(0.7)),
    at(thursday, 390, level(0.5)),
  ]
  const hours: Row[] = [tuesday, wednesday, thursday].flatMap((session) => [
    [session, 30],
    [session, 390],
  ])
  const days: Row[] = [tuesday, wednesday, thursday].map((session) => [session, 390])

  it('atm_iv_eod on intraday rows is the session before’s, even at the close of the present one', () => {
    const none = Number.NaN
    expect(valuesOf('atm_iv_eod', inputWith('hourly', hours, snapshots))).toEqual([
      none,
      none,
      0.1,
      0.1,
      0.4,
      0.4,
    ])
  })

  it('atm_iv_eod on daily rows is the newest that the row’s decision knows', () => {
    expect(valuesOf('atm_iv_eod', inputWith('daily', days, snapshots))).toEqual([0.1, 0.4, 0.5])
    const early = days.map(([session]): Row => [session, 385])
    expect(valuesOf('atm_iv_eod', inputWith('daily', early, snapshots))).toEqual([0.9, 0.8, 0.7])
  })

  it('div_eod is the change of that by session', () => {
    const none = Number.NaN
    expect(valuesOf('div_eod', inputWith('daily', days, snapshots))).toEqual([none, 0.3, 0.1])
    expect(valuesOf('div_eod', inputWith('hourly', hours, snapshots))).toEqual([
      none,
      none,
      none,
      none,
      0.3,
      0.3,
    ])
  })

  it('a session without snapshots leaves a gap: older figures do not stand in', () => {
    const gap = snapshots.filter(({ session }) => session !== wednesday)
    const none = Number.NaN
    expect(valuesOf('atm_iv_eod', inputWith('hourly', hours, gap))).toEqual([
      none,
      none,
      0.1,
      0.1,
      none,
      none,
    ])
    expect(valuesOf('div_eod', inputWith('daily', days, gap))).toEqual([Number.NaN, Number.NaN, Number.NaN])
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

describe('open interest and gamma by strike', () => {
  const quotes = [
    put(tuesday, 95, { openInterest: 40, gamma: 0.01 }),
    call(tuesday, 95, { openInterest: 10, gamma: 0.01 }),
    put(tuesday, 100, { openInterest: 20, gamma: -0.06 }),
    call(tuesday, 100, { openInterest: 10, gamma: 0.05 }),
    put(tuesday, 105, {}),
    call(tuesday, 105, { openInterest: 20, gamma: 0.02 }),
    call(wednesday, 95, { openInterest: 100, gamma: 0.03 }),
    call(wednesday, 102.5, { openInterest: 50, gamma: 0.01 }),
  ]
  const snapshot = at(tuesday, 30, quotes)

  // By strike: open interest 50, 30, 20; gamma 0.5, 1.7, 0.4, and 3 + 0.5 tomorrow at 95 and 102.5.
  it.each<[string | object, number]>([
    ['oi_peak_strike', 95],
    ['dist_to_oi_peak', 7],
    ['oi_concentration_hhi', 0.38],
    [{ name: 'oi_concentration_hhi', top_n: 2 }, 0.34],
    ['pcr_oi', 1.5],
    ['chain_oi_total', 250],
    ['gamma_peak_strike', 100],
    ['dist_to_gamma_peak', 2],
    ['gamma_concentration__top_n=1', (1.7 / 2.6) ** 2],
    ['gamma_density_peak_strike', 95],
    ['gamma_skew_left_right', (0.9 - 5.2) / 6.1],
  ])('%o is %d', (spec, expected) => {
    expect(measured(spec, snapshot, 102)).toBeCloseTo(expected, 8)
  })

  it('counts no expiry that is over', () => {
    const closing = at(tuesday, 390, quotes)
    expect(measured('oi_peak_strike', closing)).toBe(95)
    expect(measured('chain_oi_total', closing)).toBe(150)
    expect(measured('gamma_peak_strike', closing)).toBe(95)
    expect(measured('pcr_oi', closing)).toBeNaN()
  })

  it('is empty where nothing is held, and the lower strike wins a tie', () => {
    const none = at(tuesday, 30, [call(friday, 100, { openInterest: 0, gamma: 0.1 })])
    for (const id of ['oi_peak_strike', 'gamma_peak_strike', 'pcr_oi', 'oi_concentration_hhi', 'max_pain'])
      expect(measured(id, none), id).toBeNaN()
    const tie = at(tuesday, 30, [
      call(friday, 101, { openInterest: 5 }),
      put(friday, 99, { openInterest: 5 }),
    ])
    expect(measured('oi_peak_strike', tie)).toBe(99)
  })

  it('distances are from the column that spot_col names', () => {
    const input = inputWith('hourly', [[tuesday, 30, 102]], [snapshot])
    input.open = Float64Array.of(96)
    expect(valuesOf('dist_to_oi_peak__spot_col=open', input)).toEqual([1])
    expect(valuesOf('gamma_skew_left_right__spot_col=open', input)[0]).toBeCloseTo((2.6 - 3.5) / 6.1, 8)
  })

  it('max_pain is the strike of least payout, found by trying all', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const held = Array.from({ length: 18 }, (_, k) => ({
        strike: 90 + 2.5 * (k >> 1),
        isCall: k % 2 === 1,
        openInterest: (seed * 7919 * (k + 3)) % 101,
      }))
      const payout = (price: number) =>
        held.reduce(
          (sum, { strike, isCall, openInterest }) =>
            sum + openInterest * Math.max(0, isCall ? price - strike : strike - price),
          0,
        )
      const strikes = held.map(({ strike }) => strike)
      const least = strikes.reduce((best, strike) => (payout(strike) < payout(best) ? strike : best))
      const quotes = held.map((each) => ({ ...each, expiry: sessionClose[friday]! }))
      expect(measured('max_pain', at(tuesday, 30, quotes)), `seed ${seed}`).toBe(least)
    }
  })
})

describe('open interest by session', () => {
  it('oi_change_1d compares the same contracts, open on both days', () => {
    const before = at(tuesday, 390, [
      call(tuesday, 100, { openInterest: 900 }),
      put(wednesday, 99, { openInterest: 10 }),
      call(wednesday, 100, { openInterest: 20 }),
      call(friday, 100, { openInterest: 30 }),
      put(friday, 101, {}),
    ])
    const now = at(wednesday, 30, [
      put(wednesday, 99, { openInterest: 14 }),
      put(wednesday, 100, { openInterest: 500 }),
      call(wednesday, 100, { openInterest: 15 }),
      call(friday, 100, { openInterest: 37 }),
      put(friday, 101, { openInterest: 60 }),
      call(friday, 110, { openInterest: 70 }),
    ])
    const morning = at(tuesday, 30, [call(friday, 100, { openInterest: 1 })])
    const rows: Row[] = [
      [tuesday, 390],
      [wednesday, 30],
      [thursday, 30],
    ]
    const close = at(wednesday, 390, now.quotes)
    const tomorrow = at(thursday, 30, [call(friday, 110, { openInterest: 75 })])
    const input = inputWith('hourly', rows, [morning, before, now, close, tomorrow])
    expect(valuesOf('oi_change_1d', input)).toEqual([Number.NaN, 6, 5])
  })

  it('oi_trend is the total less its average by session, without the expiry of the day', () => {
    const total = (session: number, minute: number, held: number) =>
      at(session, minute, [
        call(session, 100, { openInterest: 1000 }),
        call(friday + 30, 100, { openInterest: held }),
      ])
    const snapshots = [
      total(tuesday, 390, 10),
      total(wednesday, 390, 20),
      total(thursday, 30, 30),
      total(thursday, 390, 36),
      total(friday, 30, 40),
    ]
    const rows: Row[] = [
      [tuesday, 390],
      [wednesday, 390],
      [thursday, 30],
      [thursday, 390],
      [friday, 30],
    ]
    // Window 3 weighs one half: thursday (10 + 20 + 30) / 3 and (10 + 20 + 36) / 3, friday 22 + (40 − 22) / 2.
    expect(valuesOf('oi_trend__window=3', inputWith('hourly', rows, snapshots))).toEqual([
      Number.NaN,
      Number.NaN,
      10,
      14,
      9,
    ])
  })
})

describe('spellings of older packs', () => {
  it.each(['iv_skew25_delta', 'iv_skew_25d_rr'])('%s is iv_skew_25d', (name) => {
    expect(resolveIndicator({ name, iv_source: 'snapshot', strike_band: 5.0 }).outputs).toEqual([
      'iv_skew_25d',
    ])
  })

  it('takes the one source there is and names it when another is asked for', () => {
    expect(() => resolveIndicator('iv_term_slope__iv_source=quotes')).toThrow(
      /iv_source "quotes".*: snapshot/,
    )
    expect(() => resolveIndicator('atm_iv_eod__sampling=15:00-15:05')).toThrow(/15:55-16:00/)
  })

  it.each([
    ['atm_iv_eod', { underlying: 'SPY', sampling: '15:55-16:00', strike_band: 5.0 }, 'atm_iv_eod'],
    [
      'atm_iv_open_delta',
      { open_sampling: '09:30-09:35', close_sampling_prev: '15:55-16:00', strike_band: 5.0 },
      'atm_iv_open_delta',
    ],
    [
      'iv_realized_spread',
      {
        freq: 'hour',
        contract_type: 'None',
        iv_source: 'snapshot',
        quote_window: '10:00-11:00',
        strike_band: 5,
      },
      'iv_realized_spread_20',
    ],
    ['iv_smile_wings', { sampling: '10:00-11:00', wing_points: 10, strike_band: 20.0 }, 'iv_smile_wings_10'],
    ['gamma_concentration', { underlying: 'SPY', top_n: 5 }, 'gamma_concentration_5'],
  ])('%s takes its documented parameters', (name, params, output) => {
    expect(resolveIndicator({ name, params }).outputs).toEqual([output])
  })
})

describe('on a chain of several expiries', () => {
  const sparse = [...indicators.values()].filter(({ needs }) => needs?.includes('chain'))
  // These see the session before on intraday rows, which the declared warm-up, one for all cadences, leaves out.
  const endOfDay = ['atm_iv_eod', 'div_eod']

  it.each(['hourly', 'daily'] as const)(
    '%s rows have their first value right after the warm-up',
    (cadence) => {
      const input = indicatorInput(cadence, 40)
      for (const { id, warmup, warmupUnit } of sparse) {
        const { params } = resolveIndicator(id)
        const declared = warmup(params) as number
        const late = cadence === 'hourly' && endOfDay.includes(id) ? 1 : 0
        const isBySession = warmupUnit === 'sessions' || late === 1
        const expected = isBySession ? input.session.indexOf(input.session[0]! + declared + late) : declared
        const first = valuesOf(id, input).findIndex((value) => !Number.isNaN(value))
        expect(first, id).toBe(expected)
      }
    },
  )

  it('volatilities lie where the chain’s do, and few rows are empty', () => {
    const input = indicatorInput('hourly', 40)
    for (const id of ['atm_iv_eod', 'iv30']) {
      const values = valuesOf(id, input).filter((value) => !Number.isNaN(value))
      expect(values.length).toBeGreaterThan(0.9 * input.rows)
      expect(Math.min(...values)).toBeGreaterThan(0.1)
      expect(Math.max(...values)).toBeLessThan(0.4)
    }
    const skew = valuesOf('iv_skew_25d', input).filter((value) => !Number.isNaN(value))
    expect(Math.max(...skew)).toBeLessThan(0.02)
  })
})
