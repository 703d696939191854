import { describe, expect, it } from 'vitest'
import { indicators } from '#shared/catalog/indicators/index.ts'
import {
  formatIndicator,
  requireOwnInstrument,
  resolveIndicator,
} from '#shared/catalog/indicators/resolve.ts'

describe('resolveIndicator', () => {
  it.each([
    ['rsi', ['rsi_14']],
    ['rsi__period=7', ['rsi_7']],
    [{ name: 'rsi', params: { period: 7 } }, ['rsi_7']],
    [{ name: 'rsi', period: 7 }, ['rsi_7']],
    [{ name: 'rsi', params: null }, ['rsi_14']],
    [{ name: 'ema', window: 20, seed: 'first' }, ['ema_20_seed_first']],
    ['bollinger_bands__window=20__num_std=2.0', ['bb_20_2_mid', 'bb_20_2_upper', 'bb_20_2_lower']],
    ['bollinger', ['bb_20_2_mid', 'bb_20_2_upper', 'bb_20_2_lower']],
    ['stddev__window=10', ['roll_std_10']],
    ['roll_std', ['roll_std_20']],
    ['returns__window=5', ['ret_5']],
    [{ name: 'keltner', mult: 1.5 }, ['keltner_20_1.5_mid', 'keltner_20_1.5_upper', 'keltner_20_1.5_lower']],
    [
      { name: 'macd', params: { fast_period: 8, slow_period: 21, signal_period: 5 } },
      ['macd_8_21_5_line', 'macd_8_21_5_signal', 'macd_8_21_5_hist'],
    ],
    [{ name: 'momentum', window: 20 }, ['close_mom_20']],
    ['sold_flow_ratio__window=None', ['sold_flow_ratio']],
    ['sold_flow_ratio__window=5', ['sold_flow_ratio_5']],
  ])('reads %j', (spec, outputs) => {
    expect(resolveIndicator(spec).outputs).toEqual(outputs)
  })

  it.each([
    ['rsj', /unknown indicator rsj \(did you mean rsi\?\)/],
    ['rsi__perod=7', /rsi: unknown parameter perod \(did you mean period\?\)/],
    ['rsi__period=0', /rsi: period 0 must be >= 1/],
    ['rsi__period=7.5', /rsi: period 7.5 must be integer/],
    ['rsi__period=fast', /rsi: period "fast"/],
    ['ema__seed=last', /ema: seed "last" .*: sma, first/],
    ['rsi__period', /expected parameter=value, got period/],
    [{ name: 'rsi', period: 7, params: { period: 9 } }, /period is given twice/],
    [{ name: 'macd', fast: 8, fast_period: 9 }, /fast is given twice/],
    [{ name: 'rsi', params: [7] }, /params must be an object/],
    [{ params: {} }, /expected an indicator/],
    [7, /expected an indicator/],
    ['constructor', /unknown indicator constructor/],
    ['rsi__constructor=1', /unknown parameter constructor/],
  ])('refuses %j', (spec, message) => {
    expect(() => resolveIndicator(spec)).toThrow(message)
    expect(() => resolveIndicator(spec)).toThrow(expect.objectContaining({ code: 'INVALID_PARAM' }))
  })

  it('gives equal parameters however they were spelled', () => {
    const text = resolveIndicator('macd__signal=5__fast=8__slow=21')
    const flat = resolveIndicator({ name: 'macd', slow_period: 21, fast: '8', signal: 5 })
    expect(JSON.stringify(text.params)).toBe(JSON.stringify(flat.params))
  })
})

describe('formatIndicator', () => {
  it('spells numbers always and texts only where they are unusual', () => {
    const spell = (spec: unknown) => {
      const { indicator, params } = resolveIndicator(spec)
      return formatIndicator(indicator, params)
    }
    expect(spell('rsi')).toBe('rsi__period=14')
    expect(spell({ name: 'bollinger', column: 'open' })).toBe(
      'bollinger_bands__column=open__window=20__num_std=2',
    )
    expect(spell('sold_flow_ratio')).toBe('sold_flow_ratio')
  })

  it('is read back to the same parameters for every indicator', () => {
    for (const id of indicators.keys()) {
      const { indicator, params } = resolveIndicator(id)
      expect(resolveIndicator(formatIndicator(indicator, params)).params).toEqual(params)
    }
  })
})

it('requireOwnInstrument refuses an indicator of another instrument', () => {
  const other = resolveIndicator('daily_rsi__underlying=QQQ')
  expect(() => requireOwnInstrument(other, 'SPY')).toThrow(/underlying QQQ is not the model's ticker SPY/)
  expect(() => requireOwnInstrument(other, 'qqq')).not.toThrow()
  expect(() => requireOwnInstrument(resolveIndicator('daily_rsi'), 'SPY')).not.toThrow()
})
