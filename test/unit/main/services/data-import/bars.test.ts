import { describe, expect, it } from 'vitest'
import type { ImportCadence } from '#main/services/data-import/bar-places.ts'
import { csvOf, fiveMinuteBars } from '#test/bar-files.ts'
import { scanText } from '#test/scan-text.ts'

async function scan(text: string, cadence: ImportCadence, options: Parameters<typeof scanText>[2] = {}) {
  const found = await scanText('bars', text, { cadence, ...options })
  return { ...found, opens: found.column('open_ts').map(iso), closes: found.column('ts').map(iso) }
}

const iso = (ts: number) => new Date(ts).toISOString().slice(0, 16)
const header = 'ts,open,high,low,close'
const flat = (...times: string[]) => [header, ...times.map((time) => `${time},10,11,9,10`)].join('\n')

describe('bars of a file', () => {
  it('find their sessions over the change of clocks', async () => {
    const bars = fiveMinuteBars('2024-03-08', 2)
    const { opens, counts, gaps, rows } = await scan(csvOf(bars), '5m')
    expect(counts).toMatchObject({ rows: 156, bad: 0, outsideSession: 0 })
    expect(rows.length).toBe(156)
    expect([opens[0], opens[77], opens[78], opens[155]]).toEqual([
      ...['2024-03-08T14:30', '2024-03-08T20:55', '2024-03-11T13:30', '2024-03-11T19:55'],
    ])
    expect(gaps).toMatchObject({ missing_sessions: 0, missing_bars: 0 })
  })

  it('end at 13:00 on a half day, and what comes later is outside', async () => {
    const { counts, closes } = await scan(
      flat('2024-11-29 12:55', '2024-11-29 13:00', '2024-11-29 15:55'),
      '5m',
    )
    expect(counts).toMatchObject({ rows: 3, outsideSession: 2, bad: 0 })
    expect(closes).toEqual(['2024-11-29T18:00'])
  })

  it('are outside on holidays, at weekends and before 09:30', async () => {
    const { counts } = await scan(
      flat('2024-07-04 10:00', '2024-07-06 10:00', '2024-07-05 09:25', '2024-07-05 16:00'),
      '5m',
    )
    expect(counts).toMatchObject({ rows: 4, outsideSession: 4, bad: 0 })
  })

  it('may be stamped by their end', async () => {
    const { closes, counts } = await scan(
      flat('2024-07-05 09:30', '2024-07-05 09:35', '2024-07-05 16:00'),
      '5m',
      {
        barTime: 'close',
      },
    )
    expect(closes).toEqual(['2024-07-05T13:35', '2024-07-05T20:00'])
    expect(counts.outsideSession).toBe(1)
  })

  it('of clock hours are cut at the session', async () => {
    const times = ['09:00', '10:00', '15:00', '16:00'].map((time) => `2024-07-05 ${time}`)
    const { opens, closes, counts } = await scan(flat(...times), 'hourly')
    expect(opens).toEqual(['2024-07-05T13:30', '2024-07-05T14:00', '2024-07-05T19:00'])
    expect(closes).toEqual(['2024-07-05T14:00', '2024-07-05T15:00', '2024-07-05T20:00'])
    expect(counts.outsideSession).toBe(1)
    const byEnd = await scan(flat('2024-07-05 10:00', '2024-07-05 16:00'), 'hourly', { barTime: 'close' })
    expect(byEnd.closes).toEqual(['2024-07-05T14:00', '2024-07-05T20:00'])
    const half = await scan(flat('2024-07-05 10:30'), 'hourly')
    expect(half.counts).toMatchObject({ halfPast: 1, bad: 1 })
  })

  it('of days belong to the date written, to the New York date of an instant, and at midnight UTC to the date of that', async () => {
    const day = async (time: string) => (await scan(flat(time), 'daily')).closes
    expect(await day('2024-07-05')).toEqual(['2024-07-05T20:00'])
    expect(await day('2024-07-05 16:00')).toEqual(['2024-07-05T20:00'])
    expect(await day('2024-07-05T04:00:00Z')).toEqual(['2024-07-05T20:00'])
    expect(await day('2024-07-05T00:00:00Z')).toEqual(['2024-07-05T20:00'])
    expect(await day('1720152000000')).toEqual(['2024-07-05T20:00'])
    expect(await day('20240705')).toEqual(['2024-07-05T20:00'])
    expect((await scan(flat('2024-07-06'), 'daily')).counts).toMatchObject({ outsideSession: 1, bad: 0 })
  })

  it('that are none are named by line and reason', async () => {
    const rows = [
      '2024-07-05 09:30,10,9,11,10',
      '2024-07-05 09:35,12,11,9,10',
      '2024-07-05 09:40,10,11,9,12',
      '2024-07-05 09:45,,11,9,10',
      '2024-07-05 09:50,x,11,9,10',
      '2024-07-05 09:55,-10,11,9,10',
      '2024-07-05 10:01,10,11,9,10',
      '2024-07-05,10,11,9,10',
      '1999-07-06 10:00,10,11,9,10',
      '2024-07-05 10:00,10,11',
      '"10,5",1,1,1,1',
    ]
    expect((await scan([header, ...rows].join('\n'), '5m')).counts.badRows).toEqual([
      { line: 2, reason: 'high 9 is below low 11' },
      { line: 3, reason: 'open 12 lies outside 9 to 11' },
      { line: 4, reason: 'close 12 lies outside 9 to 11' },
      { line: 5, reason: 'open is missing' },
      { line: 6, reason: 'open "x" is not a number' },
      { line: 7, reason: 'open -10 is not above 0' },
      { line: 8, reason: 'time 2024-07-05 10:01 is not where a 5m bar opens' },
      { line: 9, reason: 'has a date without a time of the day' },
      { line: 10, reason: '1999-07-06 is outside the calendar of 2000 to 2030' },
      { line: 11, reason: 'has 3 fields, 5 are needed' },
      { line: 12, reason: 'time "10,5" cannot be read' },
    ])
  })

  it('that repeat count once, the first or the last', async () => {
    const text = `${flat('2024-07-05', '2024-07-05')}\n2024-07-05,10,12,9,12`
    const first = await scan(text, 'daily')
    expect(first.counts).toMatchObject({ rows: 3, repeats: 2, differing: 1 })
    expect(first.column('close')).toEqual([10])
    expect(first.counts.differingRows).toEqual([
      { line: 4, reason: 'repeats line 2 with other values: line 2 counts' },
    ])
    expect((await scan(text, 'daily', { keepsLast: true })).column('close')).toEqual([12])
  })

  it('of other tickers are left out', async () => {
    const text = 'symbol,ts,open,high,low,close\nspy,2024-07-05,1,1,1,1\nQQQ,2024-07-05,2,2,2,2'
    const { column, counts } = await scan(text, 'daily')
    expect(column('close')).toEqual([1])
    expect(counts).toMatchObject({ otherTickers: 1, otherTicker: 'QQQ' })
  })
})

describe('gaps', () => {
  it('are sessions without a bar and bars that a session lacks, half days and the week of the clocks included', async () => {
    const bars = fiveMinuteBars('2024-11-27', 4).filter(
      ({ openTs }) =>
        !['2024-11-29T15:00', '2024-11-29T15:05'].includes(iso(openTs)) &&
        !iso(openTs).startsWith('2024-12-02'),
    )
    expect((await scan(csvOf(bars), '5m')).gaps).toEqual({
      missing_sessions: 1,
      sessions: ['2024-12-02'],
      missing_bars: 2,
      bars: [{ date: '2024-11-29', missing: 2, expected: 42 }],
    })
  })
})

describe('jumps', () => {
  const days = (...closes: number[]) =>
    [header, ...closes.map((c, i) => `2024-07-${String(8 + i).padStart(2, '0')},${c},${c},${c},${c}`)].join(
      '\n',
    )
  const jumps = async (...closes: number[]) => (await scan(days(...closes), 'daily')).jumps

  it('near a split are suspected, with date and line', async () => {
    expect(await jumps(100, 50.5)).toEqual([
      { date: '2024-07-09', line: 3, previous_close: 100, price: 50.5, ratio: 0.505, near: '1/2' },
    ])
    expect((await jumps(90, 30.1))[0]?.near).toBe('1/3')
    expect((await jumps(10, 100))[0]?.near).toBe('10/1')
    expect((await jumps(100, 149))[0]?.near).toBe('3/2')
  })

  it('of a bad day are not', async () => expect(await jumps(100, 80, 93, 110)).toEqual([]))
})
