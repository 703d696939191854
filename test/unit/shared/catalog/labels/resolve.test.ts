import { describe, expect, it } from 'vitest'
import { resolveLabel } from '#shared/catalog/labels/resolve.ts'

describe('resolveLabel', () => {
  it.each([
    [{ type: 'next_bar_updown', horizon: 1 }, 'next_bar_updown', { horizon: 1, k_sigma: 0.3 }],
    [{ kind: 'next_bar_updown' }, 'next_bar_updown', { horizon: 1, k_sigma: 0.3 }],
    ['fwd_ret_5d', 'fwd_ret', { days: 5, k_sigma: 0.3 }],
    [{ kind: 'fwd_ret_20d', params: { fixed_bp: 50 } }, 'fwd_ret', { days: 20, k_sigma: 0.3, fixed_bp: 50 }],
    [{ kind: 'regression', target: 'fwd_ret_close_to_open' }, 'close_to_open', {}],
    [
      {
        kind: 'headfake_reversal',
        params: { open_time: '09:30', window_end: '10:30', min_open_move_atr: 1 },
      },
      'headfake_reversal',
      { open_time: '09:30', window_end: '10:30', min_open_move_atr: 1, min_reversal_move_atr: 0.5 },
    ],
    [{ kind: 'none' }, 'none', {}],
  ])('reads %j', (block, id, params) => {
    const resolved = resolveLabel(block)
    expect(resolved.label.id).toBe(id)
    expect(resolved.params).toEqual(params)
  })

  it('orders classes DOWN, FLAT, UP and says label and horizon in short', () => {
    expect(resolveLabel('fwd_ret_20d')).toMatchObject({
      classes: ['DOWN', 'FLAT', 'UP'],
      horizonBars: 20,
      text: 'fwd_ret(20)',
    })
    expect(resolveLabel('close_to_open')).toMatchObject({ classes: ['DOWN', 'UP'], text: 'close_to_open' })
  })

  it('gives equal JSON for equal labels however they are spelled', () => {
    const a = resolveLabel({ kind: 'fwd_ret', k_sigma: 0.5, days: 3 })
    const b = resolveLabel({ type: 'fwd_ret_3d', params: { k_sigma: 0.5 } })
    expect(JSON.stringify(a.params)).toBe(JSON.stringify(b.params))
  })

  it.each([
    [{ kind: 'next_bar_updwn' }, /unknown label next_bar_updwn \(did you mean next_bar_updown\?\)/],
    [{ kind: 'next_bar_updown', horizn: 2 }, /unknown parameter horizn \(did you mean horizon\?\)/],
    [{ kind: 'next_bar_updown', horizon: 0 }, /horizon 0/],
    [{ kind: 'fwd_ret_5d', days: 6 }, /days 6 contradicts its name/],
    [{ kind: 'pin_drift', drift_start_time: '3pm' }, /drift_start_time "3pm"/],
    [
      { kind: 'headfake_reversal', window_end: '09:30' },
      /headfake_reversal: window_end 09:30 must be after open_time 09:30/,
    ],
    [{ kind: 'regression' }, /target must be a return/],
    [{ horizon: 1 }, /must name its kind/],
    [null, /must be a name or a block/],
    ['fwd_ret_0d', /unknown label fwd_ret_0d/],
  ])('refuses %j', (block, message) => {
    expect(() => resolveLabel(block)).toThrow(message)
    expect(() => resolveLabel(block)).toThrow(expect.objectContaining({ code: 'INVALID_PARAM' }))
  })
})
