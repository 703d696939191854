import { describe, expect, it } from 'vitest'
import {
  emptyForm,
  importBody,
  importQuery,
  isReady,
  kindOfName,
  tickerOfName,
} from '#renderer/screens/data/import-form.ts'
import { parseTickers } from '#renderer/screens/data/parse-tickers.ts'

describe('the import wizard', () => {
  it('asks in capitals, leaves empty choices to the host, and says which fields have no column', () => {
    const form = { ...emptyForm, path: ' a.csv ', ticker: 'spy ', mapping: { open: 'O', volume: '' } }
    expect(importBody(form, 'commit')).toEqual({
      path: 'a.csv',
      kind: 'bars',
      ticker: 'SPY',
      cadence: 'daily',
      mode: 'commit',
      on_duplicate: 'skip',
      replace: false,
      source: 'file',
      time_zone: 'America/New_York',
      time_format: 'auto',
      bar_time: 'open',
      mapping: { open: 'O', volume: '' },
    })
  })

  it('streams a file only to check it, with the mapping as JSON and no path', () => {
    const query = importQuery({ ...emptyForm, ticker: 'SPY', mapping: { ts: 'Time' } }, 'spy.csv')
    expect(query).toMatchObject({ mode: 'dry_run', file_name: 'spy.csv', mapping: '{"ts":"Time"}' })
    expect(query).not.toHaveProperty('path')
  })

  it('asks for no cadence but of bars, and for no ticker of levels that name their index', () => {
    const body = importBody({ ...emptyForm, kind: 'index' }, 'commit')
    expect(body).not.toHaveProperty('cadence')
    expect(body).not.toHaveProperty('ticker')
    expect(isReady({ ...emptyForm, kind: 'index' })).toBe(true)
    expect(isReady({ ...emptyForm, kind: 'chain' })).toBe(false)
  })

  it('guesses what a file holds from its name, and keeps to the choice where it says nothing', () => {
    expect(
      ['VIX_History.csv', 'spy_chain_2024.csv', 'SPY-options-1min.csv', 'spy.csv'].map(kindOfName),
    ).toEqual([...['index', 'chain', 'option_minutes', undefined]])
  })

  it('guesses the ticker from a name that begins like one', () => {
    expect(tickerOfName('spy_5min.csv')).toBe('SPY')
    expect(tickerOfName('VIX9D_History.csv')).toBe('VIX9D')
    expect(tickerOfName('AAPL.csv')).toBe('AAPL')
    expect(tickerOfName('download.csv')).toBe('')
    expect(tickerOfName('2024-spy.csv')).toBe('')
  })
})

describe('tickers to sync', () => {
  it('are taken in capitals and once each', () => {
    expect(parseTickers('spy, brk.b  I:SPX spy')).toEqual({ tickers: ['SPY', 'BRK.B', 'I:SPX'] })
  })

  it('are refused by name', () => {
    expect(parseTickers('SPY, 12')).toEqual({ problem: '12 is not a ticker' })
    expect(parseTickers(' ')).toHaveProperty('problem')
  })
})
