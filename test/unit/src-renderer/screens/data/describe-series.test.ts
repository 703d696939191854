import { describe, expect, it } from 'vitest'
import type { SeriesRow } from '#renderer/api/types.ts'
import { firstSeries, originOf, previewCadence } from '#renderer/screens/data/describe-series.ts'

const row = (change: Partial<SeriesRow>): SeriesRow => ({
  ticker: 'SPY',
  kind: 'bars',
  cadence: 'daily',
  source: 'simulated:v1',
  simulated: true,
  first: '2023-07-03',
  last: '2024-12-31',
  rows: 378,
  known_at: 'close of the bar',
  note: null,
  ...change,
})

describe('series of the lake', () => {
  it('are simulated, imported or real by their source', () => {
    expect(originOf(row({}))).toBe('simulated')
    expect(originOf(row({ source: 'import:file', simulated: false }))).toBe('imported')
    expect(originOf(row({ source: 'polygon', simulated: false }))).toBe('real')
  })

  it('can be drawn where they are bars that the host serves', () => {
    expect(previewCadence(row({ cadence: 'hourly' }))).toBe('hourly')
    expect(previewCadence(row({ cadence: '15m' }))).toBeUndefined()
    expect(previewCadence(row({ kind: 'index' }))).toBeUndefined()
  })

  it('begin with real daily bars', () => {
    const real = row({ source: 'polygon', simulated: false })
    expect(firstSeries([row({ kind: 'chain', cadence: null }), row({ cadence: '5m' }), row({}), real])).toBe(
      real,
    )
  })
})
