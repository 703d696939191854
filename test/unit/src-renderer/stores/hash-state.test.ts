import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatHash, parseHash } from '#renderer/stores/hash-state.ts'

describe('view state in the link', () => {
  it('reads a screen and its parameters', () => {
    expect(parseHash('#/leaderboard?model_id=spy_opt_0dte_hourly&pass_gate=1')).toEqual({
      screen: 'leaderboard',
      params: { model_id: 'spy_opt_0dte_hourly', pass_gate: '1' },
    })
  })

  it('reads an empty link as the home screen', () => {
    for (const hash of ['', '#', '#/']) expect(parseHash(hash)).toEqual({ screen: 'home', params: {} })
  })

  it('leaves out what is not set and orders the rest', () => {
    expect(
      formatHash('leaderboard', { profile: 'balanced', model_id: 'x', tag: undefined, sweep_id: '' }),
    ).toBe('#/leaderboard?model_id=x&profile=balanced')
  })

  it('gives back every state that it wrote', () => {
    const params = fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,12}$/),
      fc.string({ minLength: 1, unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}$/), params, (screen, given) => {
        const parsed = parseHash(formatHash(screen, given))
        expect(parsed.screen).toBe(screen)
        expect({ ...parsed.params }).toEqual({ ...given })
      }),
      { seed: 7 },
    )
  })
})
