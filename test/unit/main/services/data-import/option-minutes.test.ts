import { describe, expect, it } from 'vitest'
import { scanText } from '#test/scan-text.ts'

const minutes = (text: string, options: Parameters<typeof scanText>[2] = {}) =>
  scanText('option_minutes', text, options)
const header = 'ticker,window_start,volume,vwap,transactions'
const iso = (ts: number) => new Date(ts).toISOString().slice(0, 16)

describe('option minutes of a file', () => {
  it('name their contract by its OCC symbol, with or without prefix and padding', async () => {
    const symbols = ['O:SPY240705C00550000', 'spy240705p00549500', 'SPY   240705C00551000']
    const { column, counts } = await minutes(
      [header, ...symbols.map((symbol, i) => `${symbol},2024-07-05 09:3${i},${i + 1},0.5,2`)].join('\n'),
    )
    expect(counts).toMatchObject({ rows: 3, bad: 0 })
    expect(column('strike')).toEqual([550, 549.5, 551])
    expect(column('is_call')).toEqual([1, 0, 1])
    expect(column('ts').map(iso)).toEqual(['2024-07-05T13:31', '2024-07-05T13:32', '2024-07-05T13:33'])
    expect(column('volume')).toEqual([1, 2, 3])
  })

  it('name it by strike, right and expiry in any spelling', async () => {
    const { column, counts } = await minutes(
      [
        'Underlying,Expiration Date,Option_Type,STRIKE,time,Volume,VWAP',
        'SPY,2024-07-05,call,550,2024-07-05T13:30:00Z,3,1.25',
        'SPY,20240705,P,549.5,2024-07-05T13:30:00Z,4,0.75',
        'QQQ,2024-07-05,C,480,2024-07-05T13:30:00Z,5,1',
      ].join('\n'),
    )
    expect(counts).toMatchObject({ bad: 0, otherTickers: 1, otherTicker: 'QQQ' })
    expect([column('strike'), column('is_call')]).toEqual([
      [549.5, 550],
      [0, 1],
    ])
  })

  it('may be stamped by their end', async () => {
    const { column } = await minutes(`${header}\nSPY240705C00550000,2024-07-05 16:00,1,1,1`, {
      barTime: 'close',
    })
    expect(column('ts').map(iso)).toEqual(['2024-07-05T20:00'])
  })

  it('of later expiries, other underlyings, shares and other hours are counted and left out', async () => {
    const { rows, counts } = await minutes(
      [
        header,
        'SPY240708C00550000,2024-07-05 10:00,1,1,1',
        'SPXW240705C05500000,2024-07-05 10:00,1,1,1',
        'SPY,2024-07-05 10:00,1,1,1',
        'SPY240705C00550000,2024-07-05 16:00,1,1,1',
        'SPY240705C00550000,2024-07-04 10:00,1,1,1',
        'SPY240705C00550000,2024-07-05 10:00,0,,0',
      ].join('\n'),
    )
    expect(rows.length).toBe(0)
    expect(counts).toMatchObject({ bad: 0, otherExpiries: 1, otherTickers: 2, outsideSession: 2, empty: 1 })
  })

  it('of an index are its weekly contracts: its own settle in the morning', async () => {
    const text = [
      header,
      ...['SPX', 'SPXW'].map((root) => `${root}240719C05500000,2024-07-19 10:00,1,1,1`),
    ].join('\n')
    const { rows, counts } = await minutes(text, { ticker: 'SPX' })
    expect(rows.length).toBe(1)
    expect(counts).toMatchObject({ otherTickers: 1, otherTicker: 'SPX240719C05500000' })
  })

  it('that are none are named by line and reason, and mark their session', async () => {
    const bad = [
      'SPY240705C00550000,2024-07-05 10:00,-3,1,1',
      'SPY240705C00550000,2024-07-05 10:00,1.5,1,1',
      'SPY240705C00550000,2024-07-05 10:00,,1,1',
      'SPY240705C00550000,2024-07-05 10:00,1,-1,1',
      'SPY240705C00000000,2024-07-05 10:00,1,1,1',
      'SPY240706C00550000,2024-07-05 10:00,1,1,1',
      'SPY240704C00550000,2024-07-05 10:00,1,1,1',
      'SPY240702C00550000,2024-07-05 10:00,1,1,1',
      'SPY240231C00550000,2024-07-05 10:00,1,1,1',
      'SPY 5 JUL 550 C,2024-07-05 10:00,1,1,1',
      'SPY240705C00550000,2024-07-05 10:00:30,1,1,1',
      'SPY240705C00550000,later,1,1,1',
    ]
    const { counts, problems } = await minutes([header, ...bad].join('\n'))
    expect(counts.badRows.map(({ reason }) => reason)).toEqual([
      'volume -3 is negative',
      'volume 1.5 is no number of contracts',
      'volume is missing',
      'vwap -1 lies outside 0 to 99999',
      'strike 0 is not above 0',
      'expiry 2024-07-06 is at a weekend',
      'expiry 2024-07-04 is no trading session',
      'expired before this minute',
      'contract SPY240231C00550000 expires on no date',
      'contract "SPY 5 JUL 550 C" is no symbol such as SPY241129C00600000',
      'time 2024-07-05 10:00:30 is not at a whole minute',
      'time "later" cannot be read',
    ])
    expect(counts.badRows.map(({ line }) => line)).toEqual(bad.map((_, i) => i + 2))
    expect(counts.badSessions.size).toBe(1)
    expect(counts).toMatchObject({ unplaced: 1, unplacedLine: 13 })
    expect(problems.at(-1)).toMatch(/^1 bad rows belong to no known session, the first in line 13: sums/)
  })

  it('have the price of their only trade where none is given, and no price where nobody knows', async () => {
    const { column } = await minutes(
      [
        'symbol,ts,volume,high,low,close',
        'SPY240705C00550000,2024-07-05 10:00,1,1.5,1.5,1.5',
        'SPY240705C00550000,2024-07-05 10:01,1,1.6,1.5,1.5',
      ].join('\n'),
    )
    expect(column('vwap')).toEqual([1.5, Number.NaN])
  })

  it('of no contract on its last day are a problem', async () => {
    const { problems } = await minutes(`${header}\nSPY240719C00550000,2024-07-05 10:00,1,1,1`)
    expect(problems).toEqual([
      'none of 1 rows is of a contract on its last day, which option minutes are kept of',
    ])
  })

  it('lack clock hours in which nothing traded', async () => {
    const at = (time: string) => `SPY240703C00550000,2024-07-03 ${time},1,1,1`
    const { gaps } = await minutes([header, at('09:30'), at('10:00'), at('12:59')].join('\n'))
    expect(gaps).toMatchObject({ missing_bars: 1, bars: [{ date: '2024-07-03', missing: 1, expected: 4 }] })
  })

  it('need columns that say contract and volume', async () => {
    await expect(minutes('ts,volume\n')).rejects.toThrow(
      'f.csv has no column for contract: it has ts, volume',
    )
    await expect(minutes('ts,strike,right,volume\n')).rejects.toThrow('has no column for expiry')
    await expect(minutes('ts,symbol\n')).rejects.toThrow('has no column for volume')
  })
})
