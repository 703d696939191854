import { describe, expect, it } from 'vitest'
import { mapColumns } from '#main/services/data-import/column-mapping.ts'
import { detectDecimal, detectDialect } from '#main/services/data-import/detect-dialect.ts'
import { kinds } from '#main/services/data-import/kinds/index.ts'
import type { ImportKindId } from '#shared/contract/import-kinds.ts'

const map = (columns: string, given = {}, id: ImportKindId = 'bars') =>
  mapColumns(columns.split(','), given, 'f.csv', kinds[id], { ticker: 'SPY', cadence: null }).mapping

describe('columns', () => {
  it('are found by their usual names in any case', () => {
    expect(map('TIMESTAMP,OPEN,High,low,Close,Vol.')).toEqual({
      ...{ ts: 'TIMESTAMP', open: 'OPEN', high: 'High', low: 'low', close: 'Close', volume: 'Vol.' },
    })
    expect(map('t,o,h,l,c,v,vw')).toMatchObject({ ts: 't', open: 'o', close: 'c', volume: 'v', vwap: 'vw' })
    expect(map('ticker,volume,open,close,high,low,window_start')).toMatchObject({
      ts: 'window_start',
      ticker: 'ticker',
    })
    expect(map('Date,Time,Open,High,Low,Close')).toMatchObject({ date: 'Date', time: 'Time' })
    expect(map('time,open,high,low,close')).toMatchObject({ ts: 'time' })
    expect(map('Date,Open,High,Low,Close,Adj Close')).toMatchObject({ date: 'Date', close: 'Close' })
  })

  it('are those that are named where some are', () => {
    expect(map('when,first,high,low,close,price', { ts: 'WHEN', close: 'price' })).toMatchObject({
      ...{ ts: 'when', open: 'first', close: 'price' },
    })
  })

  it('that are lacking are named, with those there are', () => {
    expect(() => map('a,b')).toThrow('f.csv has no column for ts, open, high, low, close: it has a, b')
    expect(() => map('ts,open,high,low,close', { close: 'closes' })).toThrow(
      /no column "closes" \(did you mean close\?\)/,
    )
  })
})

describe('the dialect of a file', () => {
  const bytes = (text: string) => Buffer.from(text)

  it('shows in its first line', () => {
    expect(detectDialect(bytes('\ufeff"Date";"Open, first";Close\r\n'))).toEqual({
      ...{ separator: ';', columns: ['Date', 'Open, first', 'Close'] },
    })
    expect(detectDialect(bytes('a\tb\tc')).separator).toBe('\t')
  })

  it('has decimal commas only where they cannot separate thousands', () => {
    const decimal = (value: string) => detectDecimal(bytes(`d;o\n1;${value}\n`), ';', [1])
    expect(['470,25', '470.25', '1,234', '470', '1.234,50'].map(decimal)).toEqual([',', '.', '.', '.', '.'])
  })
})
