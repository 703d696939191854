import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Brush,
  formatBrushes,
  type NameAxis,
  type NumberAxis,
  parseBrushes,
  rowsWithin,
  toggleKey,
  withBrush,
} from '#renderer/charts/brushes.ts'

const sharpe: NumberAxis = {
  kind: 'number',
  id: 'sharpe',
  title: 'Sharpe',
  values: [1.5, null, -0.4, 0.5, 0.7],
  format: String,
}
const hours: NameAxis = {
  kind: 'name',
  id: 'hours',
  title: 'Hours',
  values: ['9,10', '9,10', '13', '13', '14'],
  names: ['9,10', '13', '14'].map((key) => ({ key, label: key })),
}
const rows = (brushes: readonly Brush[]) =>
  rowsWithin([sharpe, hours], brushes, 5).flatMap((is, row) => (is ? [row] : []))

describe('rows within brushes', () => {
  it('are all of them where nothing is brushed, or only what has no axis', () => {
    expect(rows([])).toEqual([0, 1, 2, 3, 4])
    expect(rows([{ axis: 'gone', keys: ['x'] }])).toEqual([0, 1, 2, 3, 4])
  })

  it('lie in the range, both ends included, and have a value', () => {
    expect(rows([{ axis: 'sharpe', from: 0.5, to: 1.5 }])).toEqual([0, 3, 4])
    expect(rows([{ axis: 'sharpe', from: Number.NEGATIVE_INFINITY, to: 0.5 }])).toEqual([2, 3])
  })

  it('have one of the names, and lie within every other brush as well', () => {
    expect(rows([{ axis: 'hours', keys: ['13', '14'] }])).toEqual([2, 3, 4])
    expect(
      rows([
        { axis: 'hours', keys: ['13', '14'] },
        { axis: 'sharpe', from: 0.6, to: 2 },
      ]),
    ).toEqual([4])
  })
})

describe('brushes', () => {
  it('of an axis replace each other; every name or the whole range is none', () => {
    const one = withBrush([], sharpe, { axis: 'sharpe', from: 0, to: 1 })
    expect(withBrush(one, sharpe, { axis: 'sharpe', from: 2, to: 3 })).toEqual([
      { axis: 'sharpe', from: 2, to: 3 },
    ])
    expect(withBrush(one, hours, { axis: 'hours', keys: ['9,10', '13', '14'] })).toEqual(one)
    expect(withBrush(one, sharpe, { axis: 'sharpe', from: -Infinity, to: Infinity })).toEqual([])
    expect(withBrush(one, sharpe, undefined)).toEqual([])
  })

  it('of names are switched one by one, in the order of the axis', () => {
    const last = toggleKey([], hours, '14')
    expect(last).toEqual([{ axis: 'hours', keys: ['14'] }])
    const both = toggleKey(last, hours, '9,10')
    expect(both).toEqual([{ axis: 'hours', keys: ['9,10', '14'] }])
    expect(toggleKey(toggleKey(both, hours, '14'), hours, '9,10')).toEqual([])
  })

  it('come back from a link as they were', () => {
    const key = fc.stringMatching(/^[a-z0-9.,_ ]{1,12}$/).filter((text) => !text.includes('..'))
    const end = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    const brush = fc.oneof(
      fc.record({ axis: fc.constantFrom('a', 'b_c'), keys: fc.array(key, { minLength: 1, maxLength: 4 }) }),
      fc
        .tuple(end, end)
        .map(([a, b]) => ({ axis: 'sharpe', from: Math.min(a, b) + 0, to: Math.max(a, b) + 0 })),
      end.map((from) => ({ axis: 'dsr', from: from + 0, to: Infinity })),
      end.map((to) => ({ axis: 'dsr', from: -Infinity, to: to + 0 })),
    )
    fc.assert(
      fc.property(fc.uniqueArray(brush, { selector: ({ axis }) => axis }), (brushes) => {
        const text = formatBrushes(brushes)
        const read = parseBrushes(text)
        expect(read).toHaveLength(brushes.length)
        for (const each of brushes) expect(read).toContainEqual(each)
        expect(formatBrushes([...read].reverse())).toBe(text)
      }),
    )
  })

  it('that cannot be read are left out', () => {
    expect(parseBrushes('')).toEqual([])
    expect(parseBrushes('sharpe;:x;hours:;sharpe:2..1;dsr:0.5..')).toEqual([
      { axis: 'dsr', from: 0.5, to: Infinity },
    ])
  })
})
