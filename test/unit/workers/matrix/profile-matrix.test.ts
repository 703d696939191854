import { describe, expect, it } from 'vitest'
import { sessionDate } from '#shared/calendar/sessions.ts'
import type { QaReport } from '#shared/jobs/matrix-types.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { dailyTimes, firstSession, hourlyTimes, tinyMatrix } from '#test/tiny-build.ts'
import { indexOfTail, summariseDrift } from '#workers/matrix/profile/drift-summary.ts'
import { profileMatrix } from '#workers/matrix/profile/profile-matrix.ts'

const qaOf = (...args: Parameters<typeof tinyMatrix>) => profileMatrix(tinyMatrix(...args), []).qa
const failing = ({ nan: _, ...checks }: QaReport) =>
  Object.entries(checks)
    .filter(([, { ok }]) => !ok)
    .map(([name]) => name)

describe('the QA checks', () => {
  const good = { calls_sold_total: [1, 2, 0, Number.NaN], contract_iv: [0.1, 5, 0.2, Number.NaN] }

  it('all pass on an ordinary matrix', () => {
    expect(failing(qaOf(good))).toEqual([])
    expect(qaOf(good).iv_sanity.checked).toBe(3)
    // Bar volume is one of the volumes.
    expect(qaOf(good).non_negative_vol.checked).toBe(4 + 3)
  })

  it('monotonic_time fails alone where a time repeats', () => {
    const ts = Float64Array.from(dailyTimes(4), ({ ts: each }) => each)
    ts[2] = ts[1]!
    const session = Int32Array.of(0, 1, 1, 3).map((s) => s + firstSession)
    const qa = qaOf(good, { ts, session })
    expect(failing(qa)).toEqual(['monotonic_time'])
    expect(qa.monotonic_time.violations).toBe(1)
  })

  it.each([
    'calls_sold_d-3',
    'puts_premium_d2',
    'puts_sold_total',
    'atm_calls',
    'contract_oi',
    'contract_volume',
  ])('non_negative_vol fails on a negative %s', (name) => {
    const qa = qaOf({ [name]: [1, -1, 2, 3] })
    expect(failing(qa)).toEqual(['non_negative_vol'])
    expect(qa.non_negative_vol.neg_pct).toBe(1 / 8)
  })

  it('non_negative_vol fails on a negative bar volume and leaves alone what merely contains "vol"', () => {
    expect(failing(qaOf(good, { volume: Float64Array.of(1, 2, -3, 4) }))).toEqual(['non_negative_vol'])
    expect(failing(qaOf({ volume_z: [-1, -2, 0, 1], rolling_vol_change: [-1, 0, 0, 0] }))).toEqual([])
  })

  it('session_alignment fails where a row lies outside its session', () => {
    const session = Int32Array.from({ length: 4 }, (_, i) => firstSession + i)
    session[3]! += 1
    const qa = qaOf(good, { session })
    expect(failing(qa)).toEqual(['session_alignment'])
    expect(qa.session_alignment.off_pct).toBe(0.25)
  })

  it.each([0, -0.1, 5.01])('iv_sanity fails on an IV of %d', (iv) => {
    const qa = qaOf({ contract_iv: [0.2, iv, 0.3, 0.4] })
    expect(failing(qa)).toEqual(['iv_sanity'])
    expect(qa.iv_sanity.out_of_range_pct).toBe(0.25)
  })

  it('iv_sanity leaves spreads, slopes and z-scores of IV alone', () => {
    expect(failing(qaOf({ iv_realized_spread: [-1, 0, 1, 9], iv_term_slope: [-2, 0, 7, 0] }))).toEqual([])
  })

  it('warns from 10 % of missing values on and fails from 30 % on', () => {
    const missing = (count: number) =>
      Float64Array.from({ length: 100 }, (_, i) => (i < count ? Number.NaN : 1))
    const { nan } = qaOf({ nine: missing(9), ten: missing(10), most: missing(29), thirty: missing(30) })
    expect(nan).toEqual({ warn: ['ten', 'most'], fail: ['thirty'] })
  })
})

describe('the profile of a matrix', () => {
  it('correlates each pair over the rows that have both, as the textbook does', () => {
    const a = [1, 2, 3, 4, Number.NaN, 9]
    const b = [2, 1, 4, 3, 5, Number.NaN]
    const { columns, values } = profileMatrix(tinyMatrix({ a, b, flat: [1, 1, 1, 1, 1, 1] }), []).correlation
    expect(columns).toEqual(['a', 'b', 'flat'])
    // Of the four common rows: covariance 3, variances 5 and 5.
    expect(values[0]![1]).toBeCloseTo(3 / 5, 12)
    expect(values[1]![0]).toBe(values[0]![1])
    expect(values[0]![0]).toBeCloseTo(1, 12)
    expect(values[2]).toEqual([null, null, null])
  })

  it('counts rows and labels by hour and by day, and classes with the unlabelled', () => {
    const times = hourlyTimes(2)
    const y = Int8Array.from(times, ({ hour }) => (hour === 15 ? -1 : hour % 3))
    const profile = profileMatrix(
      tinyMatrix(
        { f: times.map(() => 1) },
        {
          cadence: 'hourly',
          hourEt: Int32Array.from(times, ({ hour }) => hour),
          session: Int32Array.from(times, ({ session }) => session),
          y,
        },
      ),
      [],
    )
    expect(profile.coverage_by_hour).toEqual(
      [9, 10, 11, 12, 13, 14, 15].map((hour) => ({ hour, rows: 2, labelled: hour === 15 ? 0 : 2 })),
    )
    expect(profile.coverage_by_day).toEqual([
      { date: sessionDate(firstSession), rows: 7 },
      { date: sessionDate(firstSession + 1), rows: 7 },
    ])
    expect(profile.label_balance).toEqual({ DOWN: 4, FLAT: 4, UP: 4, unlabelled: 2 })
  })

  it('shows where values are missing, for the columns that miss any', () => {
    const gap = Float64Array.from({ length: 80 }, (_, i) => (i < 3 ? Number.NaN : i))
    const { missing_map: map, nan_pct } = profileMatrix(tinyMatrix({ full: gap.map((_, i) => i), gap }), [])
    expect(map.columns).toEqual(['gap'])
    expect(map.bins).toHaveLength(40)
    expect(map.share[0]!.slice(0, 3)).toEqual([1, 0.5, 0])
    expect(nan_pct).toBeCloseTo(3 / 160, 12)
  })
})

describe('drift', () => {
  it('measures the PSI over deciles of the head, with shares floored', () => {
    // 900 values 0 … 899, then 100 that all lie in the first decile: q is 1 there and the floor elsewhere.
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 900 ? i : i - 900 < 50 ? 3 : 7))
    const expected = (1 - 0.1) * Math.log(1 / 0.1) + 9 * (1e-4 - 0.1) * Math.log(1e-4 / 0.1)
    expect(indexOfTail(values, 900)).toBeCloseTo(expected, 10)
  })

  it('is 0 where both parts have the same shares, and null for few or constant values', () => {
    const same = Float64Array.from({ length: 1000 }, (_, i) => i % 10)
    expect(indexOfTail(same, 900)).toBeCloseTo(0, 12)
    expect(indexOfTail(new Float64Array(1000), 900)).toBeNull()
    expect(
      indexOfTail(
        Float64Array.from({ length: 100 }, (_, i) => i),
        90,
      ),
    ).toBeNull()
  })

  it('compares the last tenth of target and features with the rest', () => {
    const random = createRandom(3)
    const retFwd = Float64Array.from({ length: 400 }, () => random.nextGaussian())
    retFwd[7] = Number.NaN
    const f = Float64Array.from({ length: 400 }, (_, i) => (i < 360 ? i % 2 : 3))
    const { target, columns, rolling } = summariseDrift(tinyMatrix({ f }, { retFwd }))
    const head = [...retFwd.subarray(0, 360)].filter((r) => !Number.isNaN(r))
    const mean = head.reduce((sum, r) => sum + r, 0) / head.length
    expect(target.mean_head).toBeCloseTo(mean, 12)
    const variance = head.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (head.length - 1)
    expect(target.std_head).toBeCloseTo(Math.sqrt(variance), 12)
    const headStd = Math.sqrt((360 * 0.25) / 359)
    expect(columns[0]!.mean_shift_in_std).toBeCloseTo(2.5 / headStd, 10)
    expect(rolling.at(-1)!.target_mean).not.toBeNull()
  })
})
