import { describe, expect, it } from 'vitest'
import { sessionClose, sessionOfDate } from '#shared/calendar/sessions.ts'
import type { IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { inputOfBars } from '#test/indicator-input.ts'
import { computeColumns } from '#test/indicator-suite.ts'

/** Daily bars that close at the given prices, a little range around each. */
function barsAt(closes: number[], volumes: number[] = closes.map(() => 1000)): IndicatorInput {
  const close = Float64Array.from(closes)
  return inputOfBars({
    open: close.slice(),
    high: close.map((price) => price + 0.5),
    low: close.map((price) => price - 0.5),
    close,
    volume: Float64Array.from(volumes),
  })
}

const rising = barsAt(Array.from({ length: 80 }, (_, i) => 100 + i))
const falling = barsAt(Array.from({ length: 80 }, (_, i) => 200 - i))
const lastOf = (column: Float64Array | undefined) => column?.at(-1)

describe('trend', () => {
  it('aroon is 100 up and 0 down in a pure uptrend', () => {
    const columns = computeColumns('aroon', rising)
    expect(lastOf(columns['aroon_up_25'])).toBe(100)
    expect(lastOf(columns['aroon_down_25'])).toBe(0)
    expect(lastOf(columns['aroon_osc_25'])).toBe(100)
  })

  it('supertrend points down in a pure downtrend and never loosens its band', () => {
    const columns = computeColumns('supertrend', falling)
    const line = columns['supertrend_10_3']!
    expect(lastOf(columns['supertrend_10_3_dir'])).toBe(-1)
    for (let i = 20; i < line.length; i++) expect(line[i]!).toBeLessThanOrEqual(line[i - 1]!)
    expect(lastOf(computeColumns('supertrend', rising)['supertrend_10_3_dir'])).toBe(1)
  })

  it('supertrend turns when price closes through the band, not before', () => {
    const closes = [...Array.from({ length: 30 }, (_, i) => 100 + i), 128, 127, 126, 100, 99]
    const direction = computeColumns('supertrend', barsAt(closes))['supertrend_10_3_dir']!
    expect([...direction.subarray(29)]).toEqual([1, 1, 1, 1, -1, -1])
  })

  it('lr_r2 is 1 on a straight line', () => {
    expect(lastOf(computeColumns('lr_r2__window=20', rising)['lr_r2_20'])).toBeCloseTo(1, 12)
  })

  it('ichimoku has no lagging span, and a shifted cloud is the one of 26 bars ago', () => {
    const plain = computeColumns('ichimoku', rising)
    const shifted = computeColumns('ichimoku__shift_ahead=true', rising)
    expect(Object.keys(plain).some((name) => name.includes('chikou'))).toBe(false)
    expect(shifted['ichimoku_9_26_52_shifted_span_a']![70]).toBe(plain['ichimoku_9_26_52_span_a']![44])
  })

  it('psar starts short when the first bars fall', () => {
    expect(computeColumns('psar', falling)['psar_0.02_0.2']![1]).toBeGreaterThan(199)
    expect(computeColumns('psar', rising)['psar_0.02_0.2']![1]).toBeLessThan(101)
  })
})

describe('where nothing moves', () => {
  const flat = barsAt(new Array(60).fill(50))
  flat.high.fill(50)
  flat.low.fill(50)

  it.each([
    ['mfi', 'mfi_14', 50],
    ['rsi', 'rsi_14', 50],
    ['stochastic', 'stoch_14_3_k', 50],
    ['williams_r', 'williams_r_14', -50],
    ['cci', 'cci_20', 0],
    ['cmo', 'cmo_14', 0],
    ['percent_b', 'bb_20_2_percent_b', 0.5],
    ['zscore', 'zscore_20', 0],
  ])('%s is neutral', (id, output, neutral) => {
    expect(lastOf(computeColumns(id, flat)[output])).toBe(neutral)
  })

  it('bollinger bands have no width', () => {
    expect(lastOf(computeColumns('bollinger_bands', flat)['bb_20_2_upper'])).toBe(50)
  })
})

describe('money flow', () => {
  it('mfi is 100 without falls and empty, not filled back, before its period', () => {
    const column = computeColumns('mfi', rising)['mfi_14']!
    expect(lastOf(column)).toBe(100)
    expect(column[13]).toBeNaN()
  })

  it('obv adds and takes volume by the sign of the change', () => {
    const input = barsAt([10, 11, 11, 9], [5, 7, 8, 3])
    expect([...computeColumns('obv', input)['obv']!]).toEqual([0, 7, 7, 4])
  })

  it('nvi and pvi move with falling and rising volume alone', () => {
    const input = barsAt([10, 11, 22, 11], [5, 4, 6, 6])
    expect(computeColumns('nvi', input)['nvi']!.map((v) => Math.round(v * 1e9) / 1e9)).toEqual(
      Float64Array.of(1000, 1100, 1100, 1100),
    )
    expect(computeColumns('pvi', input)['pvi']!.map((v) => Math.round(v * 1e9) / 1e9)).toEqual(
      Float64Array.of(1000, 1000, 2000, 2000),
    )
  })
})

describe('calendar_flags', () => {
  function flagsOn(date: string) {
    const session = sessionOfDate(date)
    const input = barsAt([1])
    input.session[0] = session
    input.ts[0] = sessionClose[session]!
    return Object.fromEntries(
      Object.entries(computeColumns('calendar_flags', input)).map(([k, v]) => [k, v[0]]),
    )
  }

  it.each(['2024-03-15', '2024-11-15', '2025-08-15'])('marks the third Friday %s', (date) => {
    expect(flagsOn(date)['is_opex']).toBe(1)
  })

  it.each(['2024-03-22', '2024-11-22', '2025-08-22'])('does not mark the fourth Friday %s', (date) => {
    expect(flagsOn(date)['is_opex']).toBe(0)
  })

  it('moves the expiry to Thursday where the third Friday is Good Friday', () => {
    expect(flagsOn('2025-04-17')['is_opex']).toBe(1)
  })

  it('marks the last session of a month, not the last day of the calendar', () => {
    expect(flagsOn('2024-08-30')).toMatchObject({ is_eom: 1, is_eoq: 0, is_holiday_eve: 1 })
    expect(flagsOn('2025-03-31')).toMatchObject({ is_eom: 1, is_eoq: 1 })
    expect(flagsOn('2024-08-29')).toMatchObject({ is_eom: 0, is_holiday_eve: 0 })
  })

  it('marks the eve of every exchange holiday that was known then', () => {
    expect(flagsOn('2024-07-03')['is_holiday_eve']).toBe(1)
    expect(flagsOn('2025-01-08')['is_holiday_eve']).toBe(1)
    expect(flagsOn('2024-12-24')['is_holiday_eve']).toBe(1)
    expect(flagsOn('2001-09-10')['is_holiday_eve']).toBe(0)
    expect(flagsOn('2024-07-05')['is_holiday_eve']).toBe(0)
  })
})
