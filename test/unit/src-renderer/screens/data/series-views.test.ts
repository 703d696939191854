import { describe, expect, it } from 'vitest'
import { chooseSeries, chooseView, viewsOf } from '#renderer/screens/data/series-views.ts'

const row = (ticker: string, kind: string, cadence: string | null) => ({
  ...{ ticker, kind, cadence, source: 'simulated:v1', simulated: true },
  ...{ first: '2024-01-02', last: '2024-12-31', rows: 10, known_at: 'close of the bar', note: null },
})
const daily = row('SPY', 'bars', 'daily')
const quarters = row('SPY', 'bars', '15m')
const chain = row('SPY', 'chain', null)
const index = row('SPX', 'bars', 'daily')
const all = [index, daily, quarters, chain]

describe('views of a series', () => {
  it('are those that its data can fill', () => {
    expect(viewsOf(daily, all)).toEqual(['prices', 'gaps', 'chain'])
    expect(viewsOf(index, all)).toEqual(['prices', 'gaps'])
    expect(viewsOf(quarters, [quarters])).toEqual([])
    expect(viewsOf(row('VIX', 'index', 'daily'), all)).toEqual(['gaps'])
    expect(viewsOf(chain, all)[0]).toBe('chain')
  })

  it('follow the link where the series has what it asks for', () => {
    expect(chooseView(['prices', 'gaps'], 'gaps')).toBe('gaps')
    expect(chooseView(['prices', 'gaps'], 'chain')).toBe('prices')
    expect(chooseView(['prices', 'gaps'], 'line')).toBe('prices')
    expect(chooseView([], 'gaps')).toBeUndefined()
  })

  it('open a chain where the link asks for one and names no series', () => {
    expect(chooseSeries(all, undefined, 'chain')).toBe(chain)
    expect(chooseSeries(all, 'SPX bars daily simulated:v1', 'chain')).toBe(index)
    expect(chooseSeries([index], undefined, 'chain')).toBe(index)
    expect(chooseSeries(all, undefined, undefined)?.kind).toBe('bars')
  })
})
