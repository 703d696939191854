import { describe, expect, it } from 'vitest'
import { sessionClose } from '#shared/calendar/sessions.ts'
import { resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import {
  at,
  call,
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
    expect(valuesOf('div_eod', inputWith('daily', [days[0]!, days[2]!], snapshots))).toEqual([none, none])
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
    const level = at(tuesday, 30, [
      call(friday, 99, { openInterest: 5 }),
      put(friday, 101, { openInterest: 5 }),
    ])
    expect(measured('max_pain', level)).toBe(99)
  })

  it('gamma_density_peak_strike adds up a strike over expiries that list others besides', () => {
    const held = (session: number, strike: number, openInterest: number) =>
      call(session, strike, { openInterest, gamma: 0.01 })
    const both = [held(friday, 95, 20), held(friday, 100, 30), held(thursday, 95, 20), held(thursday, 97, 1)]
    expect(measured('gamma_density_peak_strike', at(tuesday, 30, both))).toBe(95)
    expect(measured('gamma_peak_strike', at(tuesday, 30, both.slice(0, 2)))).toBe(100)
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
        call(session, 100, { openInterest: 7 * minute }),
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
