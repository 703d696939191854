import { describe, expect, it } from 'vitest'
import { parseShare, parseThresholds, shareOf } from '#renderer/screens/sweeps/parse-variants.ts'

describe('what is typed into the sweep form', () => {
  it('is one threshold or several to choose from', () => {
    expect(parseThresholds('0.6')).toEqual({ value: '0.60' })
    expect(parseThresholds(' .55, 0.6 0.625 ')).toEqual({ value: '0.55,0.60,0.625' })
  })

  it('is refused with the value that does not fit', () => {
    expect(parseThresholds('0.55,1.2')).toEqual({ problem: '1.2 is not between 0.5 and 1' })
    expect(parseThresholds('abc')).toEqual({ problem: 'abc is not between 0.5 and 1' })
    expect(parseThresholds('')).toHaveProperty('problem')
    expect(parseShare('0')).toHaveProperty('problem')
    expect(parseShare('120%')).toHaveProperty('problem')
  })

  it('is a share in percent that the API gets as a fraction', () => {
    expect(parseShare('15')).toEqual({ value: '15%' })
    expect(shareOf('15%')).toBe(0.15)
    expect(shareOf('7%')).toBe(0.07)
  })
})
