import { describe, expect, it } from 'vitest'
import type { NameAxis, NumberAxis } from '#renderer/charts/brushes.ts'
import { rowsWithin } from '#renderer/charts/brushes.ts'
import { brushBetween, layOut, nearestRow, roundTicks, spansOf } from '#renderer/charts/parallel-layout.ts'
import { stepBrush } from '#renderer/charts/step-brush.ts'

const trades: NumberAxis = {
  kind: 'number',
  id: 'trades',
  title: 'Trades',
  values: [0, 50, 100, null],
  format: String,
}
const rule: NameAxis = {
  kind: 'name',
  id: 'rule',
  title: 'Acts on',
  values: ['a', 'b', 'c', 'c'],
  names: ['a', 'b', 'c'].map((key) => ({ key, label: key })),
}
const axes = [rule, trades]
const layout = layOut(axes, { width: 426, height: 270, left: 100 })
const { top, bottom, missing } = layout
const [ruleScale, tradesScale] = [layout.scales[0]!, layout.scales[1]!]

describe('parallel axes', () => {
  it('stand from the left margin to the right one, with the highest value on top', () => {
    expect(layout.x).toEqual([100, 400])
    expect([0, 2, 3].map(tradesScale.yOf)).toEqual([bottom, top, missing])
    expect([0, 2].map(ruleScale.yOf)).toEqual([top, bottom])
    expect(tradesScale.valueAt(tradesScale.heightOf(37))).toBeCloseTo(37, 9)
  })

  it('put rows that all have one value, or none, in one place', () => {
    const flat = layOut([{ ...trades, values: [7, 7] }], { width: 300, height: 270, left: 50 })
    expect(flat.scales[0]!.yOf(0)).toBe((top + bottom) / 2)
    const none = layOut([{ ...trades, values: [null] }], { width: 300, height: 270, left: 50 })
    expect(none.scales[0]!.yOf(0)).toBe(missing)
  })

  it('turn a drag into a range that keeps what was under it, open at the ends of the axis', () => {
    const middle = brushBetween(trades, tradesScale, bottom - 20, tradesScale.heightOf(60))
    expect(rowsWithin(axes, [middle], 4)).toEqual([false, true, false, false])
    expect(brushBetween(trades, tradesScale, top, tradesScale.heightOf(40))).toEqual({
      axis: 'trades',
      from: 40,
      to: Number.POSITIVE_INFINITY,
    })
    expect(brushBetween(rule, ruleScale, top - 3, ruleScale.heightOf(1))).toEqual({
      axis: 'rule',
      keys: ['a', 'b'],
    })
  })

  it('draw a brush where it was drawn, names apart from each other in pieces', () => {
    const range = brushBetween(trades, tradesScale, 100, 160)
    const [from, to] = spansOf(trades, tradesScale, range)[0]!
    expect(from).toBeCloseTo(100, 0)
    expect(to).toBeCloseTo(160, 0)
    expect(spansOf(rule, ruleScale, { axis: 'rule', keys: ['a', 'c'] })).toHaveLength(2)
    expect(spansOf(rule, ruleScale, { axis: 'rule', keys: ['b', 'c'] })).toHaveLength(1)
  })

  it('find the line under the pointer, not one that is left out or far', () => {
    const at = { x: 325, y: ruleScale.yOf(1) / 4 + (tradesScale.yOf(1) * 3) / 4 + 3 }
    expect(nearestRow(layout, [0, 1, 2], at)).toBe(1)
    expect(nearestRow(layout, [0], { x: 399, y: bottom - 1 })).toBe(0)
    expect(nearestRow(layout, [2], { x: 399, y: bottom - 1 })).toBeUndefined()
  })

  it('are brushed by keys: arrows move the lower end, with Shift the upper, Delete keeps all', () => {
    const key = (name: string, shiftKey = false) => ({ key: name, shiftKey })
    const raised = stepBrush(trades, tradesScale, undefined, key('ArrowUp'))
    expect(raised).toEqual({ axis: 'trades', from: 5, to: Number.POSITIVE_INFINITY })
    expect(stepBrush(trades, tradesScale, raised!, key('ArrowDown', true))).toEqual({
      axis: 'trades',
      from: 5,
      to: 95,
    })
    expect(stepBrush(trades, tradesScale, raised!, key('Delete'))).toBeUndefined()
    expect(stepBrush(trades, tradesScale, undefined, key('Delete'))).toBeNull()
    expect(stepBrush(trades, tradesScale, undefined, key('x'))).toBeNull()
    const first = stepBrush(rule, ruleScale, undefined, key('ArrowDown'))
    expect(first).toEqual({ axis: 'rule', keys: ['a'] })
    expect(stepBrush(rule, ruleScale, first!, key('ArrowDown'))).toEqual({ axis: 'rule', keys: ['b'] })
    expect(stepBrush(rule, ruleScale, first!, key('ArrowDown', true))).toEqual({
      axis: 'rule',
      keys: ['a', 'b'],
    })
  })
})

describe('round ticks', () => {
  it.each([
    [-2.58, 1.54, [-2, 0]],
    [0, 100, [0, 50, 100]],
    [0.001, 0.0045, [0.001, 0.002, 0.003, 0.004]],
    [3, 3, [3]],
  ])('from %d to %d', (low, high, ticks) => {
    expect(roundTicks(low, high)).toEqual(ticks)
  })
  it('of an axis without values are none', () => {
    expect(roundTicks(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual([])
  })
})
