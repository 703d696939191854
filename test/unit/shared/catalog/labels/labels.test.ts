import { describe, expect, it } from 'vitest'
import { sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { Cadence } from '#shared/catalog/indicators/define.ts'
import type { LabelInput, LabelOutput } from '#shared/catalog/labels/define.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { resolveLabel } from '#shared/catalog/labels/resolve.ts'
import { compute, timeline } from './timeline.ts'

const rowOf = (out: LabelOutput, i: number) => [out.y[i], out.ret[i], out.t1[i], out.exit[i]]
const noLabel = [-1, Number.NaN, Number.NaN, -1]

const cases: [unknown, Cadence][] = [
  [{ type: 'next_bar_updown', horizon: 1 }, 'hourly'],
  [{ type: 'next_bar_updown', horizon: 2 }, 'hourly'],
  [{ type: 'next_bar_updown', horizon: 1 }, 'daily'],
  [{ type: 'next_bar_updown', horizon: 3, fixed_bp: 20 }, '15m'],
  ['fwd_ret_5d', 'daily'],
  ['close_to_open', 'daily'],
  ['close_to_open', 'hourly'],
  [{ kind: 'triple_barrier', pt: 0.8, sl: 0.8, max_bars: 6 }, 'daily'],
  [{ kind: 'triple_barrier', pt: 0.8, sl: 0.8, max_bars: 3 }, 'hourly'],
  [{ kind: 'headfake_reversal', min_open_move_atr: 0.2, min_reversal_move_atr: 0.1 }, 'hourly'],
  [{ kind: 'headfake_reversal' }, '5m'],
  [{ kind: 'pin_drift' }, 'hourly'],
  [{ kind: 'pin_drift', drift_start_time: '14:30' }, '15m'],
]

describe.each(cases)('label %j on %s bars', (block, cadence) => {
  const input = timeline(cadence, cadence === 'daily' ? 120 : 30)
  const whole = compute(block, input)
  const labelled = [...whole.y.keys()].filter((i) => whole.y[i]! >= 0)

  it('labels rows of every class', () => {
    const { classes } = resolveLabel(block)
    expect(labelled.length).toBeGreaterThan(15)
    for (let c = 0; c < classes.length; c++) expect(whole.y).toContain(c)
  })

  it('depends on nothing after its end', () => {
    for (const i of labelled) {
      const end = whole.exit[i]!
      const changed = timelineCopy(input)
      // At the open that ends a night the rest of that bar is already after the end.
      if (whole.t1[i] !== input.ts[end]) changed.close[end]! *= 1.5
      for (const column of [changed.open, changed.high, changed.low, changed.close]) {
        for (let b = end + 1; b < input.rows; b++) column[b]! *= 1.5
      }
      expect(rowOf(compute(block, changed), i)).toEqual(rowOf(whole, i))
    }
  })

  it('changes with the price at its end', () => {
    for (const i of labelled.slice(0, 20)) {
      const changed = timelineCopy(input)
      const end = whole.exit[i]!
      for (const factor of [1.5, 0.5]) {
        changed.open[end] = input.open[end]! * factor
        changed.close[end] = input.close[end]! * factor
        expect(compute(block, changed).ret[i]).not.toBe(whole.ret[i])
      }
    }
  })

  it('is missing, never FLAT, where the price at its end is missing', () => {
    for (const i of labelled.slice(0, 20)) {
      const changed = timelineCopy(input)
      changed.close[whole.exit[i]!] = Number.NaN
      changed.open[whole.exit[i]!] = Number.NaN
      expect(rowOf(compute(block, changed), i)).toEqual(noLabel)
    }
  })

  it('ends at its exit bar, within the session or at the next open', () => {
    for (const i of labelled) {
      const end = whole.exit[i]!
      expect(end).toBeGreaterThan(i)
      const isNight = whole.t1[i] === input.nextSessionOpen[i]
      if (!isNight) expect(whole.t1[i]).toBe(input.ts[end])
      if (cadence !== 'daily' && !isNight) expect(whole.t1[i]).toBeLessThanOrEqual(input.sessionClose[i]!)
    }
    for (let i = 0; i < input.rows; i++) if (whole.y[i]! < 0) expect(rowOf(whole, i)).toEqual(noLabel)
  })
})

function timelineCopy(input: LabelInput): LabelInput {
  return {
    ...input,
    open: input.open.slice(),
    high: input.high.slice(),
    low: input.low.slice(),
    close: input.close.slice(),
  }
}

describe('next_bar_updown', () => {
  it('bands the return by volatility known at decision: half-life 60, k_sigma times the root of the horizon', () => {
    const input = timeline('daily', 90)
    const out = compute({ type: 'next_bar_updown', horizon: 4, k_sigma: 0.5 }, input)
    const i = 70
    let squares = 0
    let weights = 0
    for (let b = 1; b <= i; b++) {
      const weight = 0.5 ** ((i - b) / 60)
      squares += weight * (input.close[b]! / input.close[b - 1]! - 1) ** 2
      weights += weight
    }
    const band = 0.5 * 2 * Math.sqrt(squares / weights)
    for (const [ret, y] of [
      [band * 1.001, 2],
      [band * 0.999, 1],
      [-band * 0.999, 1],
      [-band * 1.001, 0],
    ] as const) {
      const changed = timelineCopy(input)
      changed.close[i + 4] = input.close[i]! * (1 + ret)
      expect(compute({ type: 'next_bar_updown', horizon: 4, k_sigma: 0.5 }, changed).y[i]).toBe(y)
    }
    expect(out.ret[i]).toBeCloseTo(input.close[i + 4]! / input.close[i]! - 1, 15)
  })

  it('leaves the last bars of a session and rows without volatility unlabelled', () => {
    const input = timeline('hourly', 30)
    const out = compute('next_bar_updown', input)
    for (let i = 0; i < input.rows; i++) {
      if (input.ts[i] === input.sessionClose[i]) expect(out.y[i]).toBe(-1)
      else expect(out.y[i]! >= 0).toBe(i >= 19)
    }
  })

  it('does not count the night into intraday volatility', () => {
    const input = timeline('hourly', 30)
    const before = compute('next_bar_updown', input)
    for (let i = 0; i < input.rows; i++) {
      const scale = 1 + 0.2 * (input.session[i]! % 2)
      for (const column of [input.open, input.high, input.low, input.close]) column[i]! *= scale
    }
    expect(compute('next_bar_updown', input).y).toEqual(before.y)
  })

  it('has no label across a hole in the session', () => {
    const input = timeline('hourly', 30)
    const keep = [...input.ts.keys()].filter((i) => i !== 103)
    const pick = (x: Float64Array) => Float64Array.from(keep, (i) => x[i]!)
    const holed: LabelInput = {
      ...input,
      rows: keep.length,
      ts: pick(input.ts),
      open: pick(input.open),
      high: pick(input.high),
      low: pick(input.low),
      close: pick(input.close),
      sessionClose: pick(input.sessionClose),
      nextSessionOpen: pick(input.nextSessionOpen),
      session: Int32Array.from(keep, (i) => input.session[i]!),
      hourEt: Int32Array.from(keep, (i) => input.hourEt[i]!),
    }
    expect(compute('next_bar_updown', holed).y[102]).toBe(-1)
    expect(compute('next_bar_updown', input).y[102]).toBeGreaterThanOrEqual(0)
  })
})

describe('once-a-day labels', () => {
  it('head-fake decides at 11:00 on clock hours and at 10:30 on 5-minute bars, fading the opening move', () => {
    for (const [cadence, minutes] of [
      ['hourly', 90],
      ['5m', 60],
    ] as const) {
      const input = timeline(cadence, 30)
      const block = { kind: 'headfake_reversal', params: { min_open_move_atr: 0, min_reversal_move_atr: 0 } }
      const out = compute(block, input)
      for (let i = 0; i < input.rows; i++) {
        if (out.y[i]! < 0) continue
        const open = sessionOpen[input.session[i]!]!
        expect((input.ts[i]! - open) / 60_000).toBe(minutes)
        const opening = input.session.indexOf(input.session[i]!)
        const move = input.close[i]! - input.open[opening]!
        expect(out.y[i]).toBe(move * out.ret[i]! >= 0 ? 1 : out.ret[i]! > 0 ? 2 : 0)
        expect(out.t1[i]).toBe(input.sessionClose[i])
      }
    }
  })

  it('pin drift has one row a full session and none on half days', () => {
    const start = sessionOfDate('2024-06-03')
    const input = timeline('hourly', 40)
    const out = compute('pin_drift', input)
    const days = new Set([...out.y.keys()].filter((i) => out.y[i]! >= 0).map((i) => input.session[i]!))
    const halfDay = sessionOfDate('2024-07-03')
    expect(halfDay - start).toBeLessThan(40)
    expect(days.has(halfDay)).toBe(false)
    expect(days.has(halfDay - 1)).toBe(true)
    expect([...out.y].filter((y) => y >= 0).length).toBe(days.size)
  })
})

describe('close_to_open', () => {
  it('runs from the close to the next open and is decided a bar before the close on finer bars', () => {
    const daily = timeline('daily', 30)
    const nights = compute({ kind: 'regression', target: 'fwd_ret_close_to_open' }, daily)
    expect(nights.ret[10]).toBe(daily.open[11]! / daily.close[10]! - 1)
    expect(nights.t1[10]).toBe(daily.nextSessionOpen[10])
    const hourly = timeline('hourly', 30)
    const out = compute('close_to_open', hourly)
    for (let i = 0; i < hourly.rows; i++) {
      if (out.y[i]! < 0) continue
      expect(hourly.ts[i + 1]).toBe(hourly.sessionClose[i])
      expect(out.ret[i]).toBe(hourly.open[i + 2]! / hourly.close[i + 1]! - 1)
    }
    expect([...out.y].filter((y) => y >= 0).length).toBe(29)
  })
})

describe('triple_barrier', () => {
  it('takes the first barrier met and otherwise FLAT at the end', () => {
    const input = timeline('daily', 60)
    input.close.fill(100)
    for (let b = 0; b < 40; b++) input.close[b] = b % 2 === 0 ? 100 : 101
    input.close.set([101, 104, 90, 101, 101], 41)
    const up = compute({ kind: 'triple_barrier', pt: 2, sl: 2, max_bars: 5 }, input)
    expect([up.y[40], up.exit[40]]).toEqual([2, 42])
    const down = compute({ kind: 'triple_barrier', pt: 0, sl: 2, max_bars: 5 }, input)
    expect([down.y[40], down.exit[40]]).toEqual([0, 43])
    const flat = compute({ kind: 'triple_barrier', pt: 0, sl: 0, max_bars: 5 }, input)
    expect([flat.y[40], flat.exit[40]]).toEqual([1, 45])
    expect(up.y[55]).toBe(-1)
  })
})

describe('the registry', () => {
  it('holds every label under its own id, with defaults that fit its schema', () => {
    for (const [id, label] of labels) {
      expect(label.id).toBe(id)
      expect(resolveLabel(id).horizonBars).toBeGreaterThanOrEqual(1)
    }
    expect(compute({ kind: 'none' }, timeline('daily', 30)).y.every((y) => y === -1)).toBe(true)
  })
})
