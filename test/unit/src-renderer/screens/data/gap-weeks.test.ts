import { describe, expect, it } from 'vitest'
import { type Coverage, describeDay, gapYears } from '#renderer/screens/data/gap-weeks.ts'

const coverage: Coverage = {
  ...{ ticker: 'SPY', kind: 'bars', cadence: '5m', source: 'import:file', simulated: false, unit: 'bars' },
  dates: ['2024-12-30', '2024-12-31', '2025-01-02', '2025-01-03'],
  half_days: ['2024-12-31'],
  present: [78, 40, 0, 78],
  expected: [78, 42, 78, 78],
  gaps: [{ date: '2024-12-31', spans: ['10:30–10:40'] }],
  totals: { sessions: 4, complete: 2, partial: 1, empty: 1, present: 196, expected: 276, outside: 0 },
}

describe('weeks of gaps', () => {
  const years = gapYears(coverage)

  it('put each session on its weekday, and a week over New Year into both years', () => {
    const places = years.map(({ year, weeks }) => [
      year,
      weeks.map(({ monday, days }) => [monday, days.map((day) => day?.date.slice(5))]),
    ])
    expect(places).toEqual([
      ['2024', [['2024-12-30', ['12-30', '12-31', undefined, undefined, undefined]]]],
      ['2025', [['2024-12-30', [undefined, undefined, undefined, '01-02', '01-03']]]],
    ])
  })

  it('measure a half day by its own hours', () => {
    const [first] = years[0]!.weeks
    expect(first!.days[1]).toMatchObject({ share: 40 / 42, isHalfDay: true, spans: ['10:30–10:40'] })
  })

  it('take anything as enough where the calendar does not say how much there ought to be', () => {
    const [year] = gapYears({ ...coverage, expected: [null, null, null, null], present: [7, 0, 1, 2] })
    expect(year!.weeks[0]!.days.slice(0, 2).map((day) => day?.share)).toEqual([1, 0])
  })

  it('are told day by day with what is missing', () => {
    const told = years
      .flatMap(({ weeks }) => weeks.flatMap(({ days }) => days))
      .filter((day) => day !== undefined)
    expect(told.map((day) => describeDay(day, 'bars'))).toEqual([
      '2024-12-30: 78 of 78 bars',
      '2024-12-31, a half day: 40 of 42 bars; missing 10:30–10:40 New York',
      '2025-01-02: none of 78 bars',
      '2025-01-03: 78 of 78 bars',
    ])
    expect(describeDay({ ...told[0]!, expected: null, present: 1 }, 'snapshots')).toBe(
      '2024-12-30: 1 snapshot',
    )
  })
})
