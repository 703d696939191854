import { describe, expect, it } from 'vitest'
import { envelopeFields, overridesOf, readLimit } from '#renderer/screens/sweeps/envelope-fields.ts'

const fields = envelopeFields({
  max_dd: 0.07,
  es95_mult: 3.5,
  min_trades: 20,
  sharpe_min: 1.2,
  allowed_hours: [13, 14],
  size_r: 1,
})
const field = (rule: string) => fields.find((each) => each.rule === rule)

describe('the risk envelope', () => {
  it('starts from the limits of the profile, fractions in percent, and offers those of luck', () => {
    expect(field('max_dd')).toMatchObject({ title: 'Drawdown', sign: '≤', fallback: '7' })
    expect(field('min_trades')).toMatchObject({ sign: '≥', fallback: '20' })
    expect(field('sharpe_min')).toMatchObject({ sign: '≥', fallback: '1.2' })
    expect(field('allowed_hours')).toMatchObject({ sign: 'in', fallback: '13,14' })
    expect(field('pbo_max')).toMatchObject({ sign: '≤', fallback: '' })
    expect(field('size_r')).toBeUndefined()
  })

  it('asks for what was changed alone, in the units of the API', () => {
    const typed = {
      max_dd: '12.5',
      es95_mult: '3.5',
      min_trades: ' ',
      pbo_max: '50',
      allowed_hours: '10, 11',
    }
    expect(overridesOf(fields, typed)).toEqual({ max_dd: 0.125, pbo_max: 0.5, allowed_hours: [10, 11] })
    expect(overridesOf(fields, { max_dd: 'x' })).toEqual({})
  })

  it('says what cannot be a limit', () => {
    expect(readLimit('120', 'fraction')).toEqual({ problem: '120% is above 100%' })
    expect(readLimit('-1', 'ratio')).toEqual({ problem: '-1 is below 0' })
    expect(readLimit('9,25', 'hours')).toEqual({ problem: '25 is no hour' })
    expect(readLimit('1 2', 'count')).toHaveProperty('problem')
    expect(readLimit('0.05', 'fraction')).toEqual({ limit: 0.0005 })
  })
})
