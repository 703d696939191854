import { describe, expect, it } from 'vitest'
import { kinds } from '#main/services/data-import/kinds/index.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import { scanText } from '#test/scan-text.ts'

/** Levels of a file as [date, index, value]. */
async function levels(text: string, ticker = '') {
  const found = await scanText('index', text, { ticker })
  const names = ['VIX', 'VIX9D', 'VIX3M', 'VIX6M']
  const list = found
    .column('session')
    .map((session, i) => [sessionDate(session), names[found.column('level')[i]!], found.column('value')[i]])
  return { ...found, list }
}

describe('index levels of a file', () => {
  it('stand in a column each, in any case and with holes', async () => {
    const { list, counts } = await levels('DATE,VIX3M,Vix\n2024-07-05,14.5,12.48\n2024-07-03,,12.09\n')
    expect(list).toEqual([
      ['2024-07-03', 'VIX', 12.09],
      ['2024-07-05', 'VIX', 12.48],
      ['2024-07-05', 'VIX3M', 14.5],
    ])
    expect(counts).toMatchObject({ rows: 2, bad: 0 })
  })

  it('are the closes of the index that the request names, or of the one in each row', async () => {
    const one = await levels('DATE,OPEN,HIGH,LOW,CLOSE\n2024-07-05,12.1,12.9,12,12.48', 'VIX9D')
    expect(one.list).toEqual([['2024-07-05', 'VIX9D', 12.48]])
    const many = await levels(
      'symbol,date,close\n^VIX,2024-07-05,12.48\nI:VIX6M,2024-07-05,17\nSKEW,2024-07-05,140',
    )
    expect(many.list).toEqual([
      ['2024-07-05', 'VIX', 12.48],
      ['2024-07-05', 'VIX6M', 17],
    ])
    expect(many.counts).toMatchObject({ otherTickers: 1, otherTicker: 'SKEW' })
  })

  it('of an index that nothing names are refused', async () => {
    await expect(levels('date,close\n2024-07-05,12.48')).rejects.toThrow(
      /ticker must be VIX, VIX9D, .* got ""/,
    )
    await expect(levels('date,close\n2024-07-05,12.48', 'SPY')).rejects.toThrow(/got "SPY"/)
  })

  it('that are fractions, prices or none are bad rows, and those of closed days are left out', async () => {
    const { counts } = await levels(
      'date,vix,vix3m\n2024-07-05,0.1248,14\n2024-07-08,1248,14\n2024-07-09,,\n2024-07-10,x,14\n2024-07-04,12,14',
    )
    expect(counts.badRows).toEqual([
      { line: 2, reason: 'vix 0.1248 lies outside 1 to 300: levels are points' },
      { line: 3, reason: 'vix 1248 lies outside 1 to 300: levels are points' },
      { line: 4, reason: 'has no vix, vix3m' },
      { line: 5, reason: 'vix "x" is not a number' },
    ])
    expect(counts.outsideSession).toBe(1)
  })

  it('that more than double are suspected, and a day that lacks one of the usual levels is a gap', async () => {
    const days = ['02,12,14', '03,12.1,14', '05,26,15', '08,12,', '10,12,14']
    const { jumps, gaps } = await levels(`date,vix,vix3m\n${days.map((day) => `2024-07-${day}`).join('\n')}`)
    expect(jumps.map(({ date, near, price }) => [date, near, price])).toEqual([
      ['2024-07-05', 'vix more than doubled', 26],
      ['2024-07-08', 'vix more than halved', 12],
    ])
    expect(gaps).toEqual({
      missing_sessions: 1,
      sessions: ['2024-07-09'],
      missing_bars: 1,
      bars: [{ date: '2024-07-08', missing: 1, expected: 2 }],
    })
  })

  it('that differ all day long are no daily levels', async () => {
    const { problems } = await levels(
      'ts,vix\n2024-07-05 10:00,12\n2024-07-05 11:00,12.5\n2024-07-05 12:00,12.6',
    )
    expect(problems).toEqual(['most sessions have several different levels: not daily levels'])
  })

  it('go into a row a session and come out of it again', async () => {
    const { rows } = await levels('date,vix,vix6m\n2024-07-03,12.09,\n2024-07-05,12.48,17.25')
    const table = kinds.index.toTable(rows)
    expect(table['vix']).toEqual(Float64Array.of(12.09, 12.48))
    expect(table['vix6m']).toEqual(Float64Array.of(Number.NaN, 17.25))
    expect(table['vix9d']).toEqual(Float64Array.of(Number.NaN, Number.NaN))
    const { line: _, ...values } = rows.values
    for (const [name, column] of Object.entries(kinds.index.ofTable(table).values)) {
      expect(column).toEqual(values[name]!.subarray(0, rows.length))
    }
  })
})
