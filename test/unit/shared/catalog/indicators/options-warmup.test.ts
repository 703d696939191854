import { describe, expect, it } from 'vitest'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { indicatorInput } from '#test/indicator-input.ts'
import { valuesOf } from '#test/option-rows.ts'

describe('on a chain of several expiries', () => {
  const onChain = [...indicators.values()].filter(({ needs }) => needs?.includes('chain'))
  // These see the session before on intraday rows, which the declared warm-up, one for all cadences, leaves out.
  const endOfDay = ['atm_iv_eod', 'div_eod']

  it.each(['hourly', 'daily'] as const)(
    '%s rows have their first value right after the warm-up',
    (cadence) => {
      const input = indicatorInput(cadence, 40)
      for (const { id, warmup, warmupUnit } of onChain) {
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
