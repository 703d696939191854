import { describe, expect, it } from 'vitest'
import type { Cadence } from '#shared/catalog/indicators/define.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { requireCadence, resolveLabel } from '#shared/catalog/labels/resolve.ts'
import { cadences } from '#shared/contract/models.ts'
import { compute, timeline } from './timeline.ts'

const blocks = [
  { type: 'next_bar_updown', horizon: 1 },
  { type: 'next_bar_updown', horizon: 6 },
  { type: 'next_bar_updown', horizon: 7 },
  { type: 'next_bar_updown', horizon: 30 },
  { type: 'triple_barrier', max_bars: 3 },
  { type: 'triple_barrier', max_bars: 80 },
  'fwd_ret_5d',
  'close_to_open',
  'headfake_reversal',
  { kind: 'headfake_reversal', params: { open_time: '09:40', window_end: '10:05' } },
  { kind: 'headfake_reversal', params: { window_end: '15:30' } },
  'pin_drift',
  { kind: 'pin_drift', params: { drift_start_time: '15:50' } },
  { kind: 'pin_drift', params: { drift_start_time: '16:00' } },
]

const cases = blocks
  .flatMap((block) => cadences.map((cadence): [unknown, Cadence] => [block, cadence]))
  // Nothing asks fwd_ret for intraday bars, on which it would look as many bars ahead.
  .filter(([block, cadence]) => block !== 'fwd_ret_5d' || cadence === 'daily')

describe.each(cases)('%j on %s bars', (block, cadence) => {
  const { label, params } = resolveLabel(block)
  // A half day is among them.
  const input = timeline(cadence, cadence === 'daily' ? 200 : 40)
  const out = compute(block, input)
  const lives = Array.from(input.ts, (ts, i) =>
    label.life({ cadence, ts, sessionClose: input.sessionClose[i]! }, params),
  )

  it('tells before the future is known which rows are labelled, where no price is missing', () => {
    // From a warm volatility and ATR to where the timeline cuts labels off.
    const rows = Array.from({ length: input.rows - 102 }, (_, i) => 20 + i)
    const isLabelled = (i: number) => out.y[i]! >= 0
    expect(rows.filter((i) => isLabelled(i) !== (lives[i] !== null))).toEqual([])
    expect(rows.some(isLabelled)).toBe(label.cadences(params).includes(cadence))
  })

  it('tells how many minutes of trading it lasts at most', () => {
    for (let i = 0; i < input.rows; i++) {
      const life = lives[i]!
      if (out.y[i]! < 0 || life === null) continue
      const minutes =
        cadence === 'daily'
          ? (input.session[out.exit[i]!]! - input.session[i]!) * 390
          : (out.t1[i]! - input.ts[i]!) / 60_000
      if (label.id === 'close_to_open') expect(life).toBe(0)
      else if (label.id === 'triple_barrier') expect(minutes).toBeLessThanOrEqual(life)
      else expect(minutes).toBe(life)
    }
  })
})

describe('a cadence that a label cannot have', () => {
  const refusal = (block: unknown, cadence: Cadence) => {
    const { label, params } = resolveLabel(block)
    try {
      requireCadence(label, params, cadence)
      return null
    } catch (error) {
      return (error as Error).message
    }
  }

  it('is refused with the bars that can have it, and the labels that those bars can have', () => {
    expect(refusal('fwd_ret_5d', 'hourly')).toMatch(
      /^label fwd_ret with .*"days":5.* cannot be had on hourly bars: it can be had on bars of daily; labels of hourly bars are next_bar_updown, close_to_open/,
    )
    expect(refusal('pin_drift', 'daily')).toMatch(
      /bars of 5m, 15m, hourly; labels of daily bars are next_bar_updown, fwd_ret/,
    )
    expect(refusal({ type: 'next_bar_updown', horizon: 7 }, 'hourly')).toMatch(/bars of 5m, 15m, daily;/)
    expect(refusal({ type: 'pin_drift', drift_start_time: '16:30' }, '5m')).toMatch(/no bar can have it/)
  })

  it('leaves every label some cadence, and every cadence some label', () => {
    for (const [id, { cadences: fitting }] of labels)
      expect(fitting(resolveLabel(id).params).length).toBeGreaterThan(0)
    for (const cadence of cadences)
      expect(refusal({ type: 'next_bar_updown', horizon: 1 }, cadence)).toBeNull()
  })
})
