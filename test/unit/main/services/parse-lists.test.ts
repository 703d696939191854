import { describe, expect, it } from 'vitest'
import { formatHours, parseHours, parseShare, parseThresholds } from '#main/services/parse-lists.ts'

describe('lists in requests', () => {
  it('mean the same as text and as numbers, in any order, with or without repeats', () => {
    const expected = [0.5, 0.55, 0.6]
    for (const spelled of ['0.55,0.60,0.5', ' .5 , .55,0.600', [0.6, 0.55, 0.5, 0.55]]) {
      expect(parseThresholds(spelled, 'thresholds')).toEqual(expected)
    }
    for (const spelled of ['15,13,14', '13, 14,15,13', [15, 14, 13]]) {
      expect(parseHours(spelled, 'allowed_hours')).toEqual([13, 14, 15])
    }
    expect(parseShare('0.15', 'top_pct')).toBe(parseShare(0.15, 'top_pct'))
  })

  it.each(['', ',', '0.5,', '0.5;0.6', 'abc', '0.49', '1', 'NaN', 'Infinity', [], [0.4], [Number.NaN], [1]])(
    'refuses the thresholds %j by name',
    (spelled) => expect(() => parseThresholds(spelled, 'thresholds')).toThrow(/^thresholds must/),
  )

  it.each(['', '13.5', '24', '-1', '13,,14', [], [24], [12.5]])('refuses the hours %j by name', (spelled) =>
    expect(() => parseHours(spelled, 'hours_variants')).toThrow(/^hours_variants must/),
  )

  it.each(['', '0', '1.01', '-0.1', 'all', 0, 1.5, Number.NaN])('refuses the share %j by name', (spelled) =>
    expect(() => parseShare(spelled, 'top_pct')).toThrow(/^top_pct must/),
  )

  it('writes hours as the contract does', () => {
    expect(formatHours([13, 14])).toBe('13,14')
    expect(formatHours(null)).toBeNull()
  })
})
