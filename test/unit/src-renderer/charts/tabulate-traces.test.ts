import type { Data } from 'plotly.js-dist-min'
import { describe, expect, it } from 'vitest'
import { chartCsv, columnFormat, summarizeChart } from '#renderer/charts/chart-table.ts'
import { tabulateTraces } from '#renderer/charts/tabulate-traces.ts'

const titles = (data: Data[], layout = {}) => tabulateTraces(data, layout).columns.map(({ title }) => title)

describe('the table behind a plot', () => {
  it('stands lines over one axis side by side, joined by their place and in its order', () => {
    const { columns, rows } = tabulateTraces(
      [
        { type: 'scatter', name: 'Equity', x: ['2024-01-03', '2024-01-02'], y: [1.1, 1] },
        { type: 'scatter', name: 'Drawdown', x: ['2024-01-03', '2024-01-04'], y: [0, -0.5], yaxis: 'y2' },
      ],
      { yaxis2: { tickformat: '.1%' } },
    )
    expect(columns).toEqual([
      { title: 'Time' },
      { title: 'Equity', isPercent: false },
      { title: 'Drawdown', isPercent: true },
    ])
    expect(rows).toEqual([
      ['2024-01-02', 1, null],
      ['2024-01-03', 1.1, 0],
      ['2024-01-04', null, -0.5],
    ])
  })

  it('gives each point a row of its own where points share a place', () => {
    const { columns, rows } = tabulateTraces(
      [{ type: 'scatter', mode: 'markers', x: [1, 1], y: [2, 3], text: ['a<br>b', 'c'] }],
      { xaxis: { title: { text: 'Sharpe' } }, yaxis: { title: { text: 'Return' }, tickformat: '.0%' } },
    )
    expect(columns.map(({ title }) => title)).toEqual(['Point', 'Sharpe', 'Return'])
    expect(rows).toEqual([
      ['a; b', 1, 2],
      ['c', 1, 3],
    ])
  })

  it('reads candles, boxes, heatmaps, parallel coordinates and bars that lie', () => {
    const candles = { type: 'candlestick', x: ['a'], open: [1], high: [3], low: [0], close: [2] } as Data
    expect(titles([candles, { type: 'bar', name: 'Volume', x: ['a'], y: [9] }])).toEqual([
      ...['', 'Open', 'High', 'Low', 'Close', 'Volume'],
    ])
    expect(tabulateTraces([{ type: 'box', name: '#1', y: [1, 2], text: ['f0', 'f1'] }]).rows).toEqual([
      ['#1', 'f0', 1],
      ['#1', 'f1', 2],
    ])
    expect(tabulateTraces([{ type: 'heatmap', x: ['p', 'q'], y: ['r'], z: [[1, null]] }])).toEqual({
      columns: [{ title: '' }, { title: 'p', isPercent: false }, { title: 'q', isPercent: false }],
      rows: [['r', 1, null]],
    })
    const lines = { type: 'parcoords', dimensions: [{ label: 'Hours', values: [1], ticktext: ['10', '11'] }] }
    expect(tabulateTraces([lines as unknown as Data]).rows).toEqual([[1, '11']])
    expect(tabulateTraces([{ type: 'bar', orientation: 'h', x: [0.5], y: ['gap'] }]).rows).toEqual([
      ['gap', 0.5],
    ])
  })

  it('leaves out what only decorates', () => {
    const edge: Data = { type: 'scatter', x: [1], y: [2], hoverinfo: 'skip' }
    expect(titles([edge, { type: 'scatter', name: 'Mean', x: [1], y: [2] }])).toEqual(['', 'Mean'])
    expect(tabulateTraces([edge])).toEqual({ columns: [], rows: [] })
  })
})

describe('a chart in words and as a file', () => {
  const table = {
    columns: [{ title: 'Date' }, { title: 'Fall, most', isPercent: true }],
    rows: [
      ['2024-01-02', -0.25],
      ['=SUM(1)', null],
      ['2024-01-04', -0.125],
    ],
  }

  it('says how much is drawn, from where to where, and between what', () => {
    expect(summarizeChart(table)).toBe(
      '3 rows, Date 2024-01-02 to 2024-01-04; Fall, most between −25.00% and −12.50%, last −12.50%.',
    )
    expect(summarizeChart({ columns: [], rows: [] })).toBe('Nothing is drawn.')
  })

  it('writes numbers in full, quotes what needs it, and lets no cell run as a formula', () => {
    expect(chartCsv(table)).toBe(
      'Date,"Fall, most"\r\n2024-01-02,-0.25\r\n\'=SUM(1),\r\n2024-01-04,-0.125\r\n',
    )
  })

  it('writes the numbers of a column alike: counts whole, small ones with their figures', () => {
    const show = (...values: (number | null)[]) => {
      const rows = values.map((value) => ['', value])
      return values.map(columnFormat({ columns: [{ title: '' }, { title: '' }], rows }, 1))
    }
    expect(show(12345, 1, null)).toEqual(['12,345', '1', '–'])
    expect(show(1, 1.5)).toEqual(['1.0000', '1.5000'])
    expect(show(0.000123, 0)).toEqual(['0.000123', '0.000000'])
    expect(show(2e-9)).toEqual(['2.00e-9'])
  })
})
