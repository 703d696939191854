import { describe, expect, it } from 'vitest'
import { barsOfGrid, createGrid, type ImportCadence } from '#main/services/data-import/bar-grid.ts'
import { mapColumns } from '#main/services/data-import/column-mapping.ts'
import { emptyLine, splitLine } from '#main/services/data-import/csv-lines.ts'
import { findGaps, findJumps } from '#main/services/data-import/find-faults.ts'
import { createScanner, type ScanOptions } from '#main/services/data-import/scan-bars.ts'
import { clockOf } from '#main/services/data-import/time-zone.ts'
import { csvOf, fiveMinuteBars } from '#test/bar-files.ts'

function scan(text: string, cadence: ImportCadence, options: Partial<ScanOptions> = {}) {
  const [header = '', ...lines] = text.trim().split('\n')
  const grid = createGrid(cadence)
  const { take, counts } = createScanner(grid, {
    at: mapColumns(header.split(','), {}, 'f.csv').at,
    ...{ ticker: 'SPY', decimal: '.', timeFormat: 'auto', barTime: 'open', keepsLast: false },
    toInstant: clockOf('America/New_York'),
    ...options,
  })
  lines.forEach((each, i) => {
    const line = { ...emptyLine(), bytes: Buffer.from(each), line: i + 2 }
    splitLine(line, 0, line.bytes.length, 44)
    take(line)
  })
  const bars = barsOfGrid(grid, (place) => grid.line[place] !== 0)
  return { grid, counts, bars, opens: Array.from(bars.openTs, iso), closes: Array.from(bars.ts, iso) }
}

const iso = (ts: number) => new Date(ts).toISOString().slice(0, 16)
const header = 'ts,open,high,low,close'
const flat = (...times: string[]) => [header, ...times.map((time) => `${time},10,11,9,10`)].join('\n')

describe('bars of a file', () => {
  it('find their sessions over the change of clocks', () => {
    const bars = fiveMinuteBars('2024-03-08', 2)
    const { opens, counts, grid } = scan(csvOf(bars), '5m')
    expect(counts).toMatchObject({ rows: 156, good: 156, bad: 0, outsideSession: 0 })
    expect([opens[0], opens[77], opens[78], opens[155]]).toEqual([
      ...['2024-03-08T14:30', '2024-03-08T20:55', '2024-03-11T13:30', '2024-03-11T19:55'],
    ])
    expect(findGaps(grid)).toMatchObject({ missing_sessions: 0, missing_bars: 0 })
  })

  it('end at 13:00 on a half day, and what comes later is outside', () => {
    const { counts, closes } = scan(flat('2024-11-29 12:55', '2024-11-29 13:00', '2024-11-29 15:55'), '5m')
    expect(counts).toMatchObject({ good: 1, outsideSession: 2, bad: 0 })
    expect(closes).toEqual(['2024-11-29T18:00'])
  })

  it('are outside on holidays, at weekends and before 09:30', () => {
    const { counts } = scan(
      flat('2024-07-04 10:00', '2024-07-06 10:00', '2024-07-05 09:25', '2024-07-05 16:00'),
      '5m',
    )
    expect(counts).toMatchObject({ good: 0, outsideSession: 4, bad: 0 })
  })

  it('may be stamped by their end', () => {
    const { closes, counts } = scan(flat('2024-07-05 09:30', '2024-07-05 09:35', '2024-07-05 16:00'), '5m', {
      barTime: 'close',
    })
    expect(closes).toEqual(['2024-07-05T13:35', '2024-07-05T20:00'])
    expect(counts.outsideSession).toBe(1)
  })

  it('of clock hours are cut at the session', () => {
    const times = ['09:00', '10:00', '15:00', '16:00'].map((time) => `2024-07-05 ${time}`)
    const { opens, closes, counts } = scan(flat(...times), 'hourly')
    expect(opens).toEqual(['2024-07-05T13:30', '2024-07-05T14:00', '2024-07-05T19:00'])
    expect(closes).toEqual(['2024-07-05T14:00', '2024-07-05T15:00', '2024-07-05T20:00'])
    expect(counts.outsideSession).toBe(1)
    expect(scan(flat('2024-07-05 10:00', '2024-07-05 16:00'), 'hourly', { barTime: 'close' }).closes).toEqual(
      [...['2024-07-05T14:00', '2024-07-05T20:00']],
    )
    expect(scan(flat('2024-07-05 10:30'), 'hourly').counts).toMatchObject({ halfPast: 1, bad: 1 })
  })

  it('of days belong to the date written, to the New York date of an instant, and at midnight UTC to the date of that', () => {
    const day = (time: string) => scan(flat(time), 'daily').closes
    expect(day('2024-07-05')).toEqual(['2024-07-05T20:00'])
    expect(day('2024-07-05 16:00')).toEqual(['2024-07-05T20:00'])
    expect(day('2024-07-05T04:00:00Z')).toEqual(['2024-07-05T20:00'])
    expect(day('2024-07-05T00:00:00Z')).toEqual(['2024-07-05T20:00'])
    expect(day('1720152000000')).toEqual(['2024-07-05T20:00'])
    expect(day('20240705')).toEqual(['2024-07-05T20:00'])
    expect(scan(flat('2024-07-06'), 'daily').counts).toMatchObject({ outsideSession: 1, bad: 0 })
  })

  it('that are none are named by line and reason', () => {
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
    expect(scan([header, ...rows].join('\n'), '5m').counts.badRows).toEqual([
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

  it('that repeat count once, the first or the last', () => {
    const text = `${flat('2024-07-05', '2024-07-05')}\n2024-07-05,10,12,9,12`
    const first = scan(text, 'daily')
    expect(first.counts).toMatchObject({ rows: 3, good: 1, repeats: 2, differing: 1 })
    expect(first.bars.close[0]).toBe(10)
    expect(scan(text, 'daily', { keepsLast: true }).bars.close[0]).toBe(12)
  })

  it('of other tickers are left out', () => {
    const text = 'symbol,ts,open,high,low,close\nspy,2024-07-05,1,1,1,1\nQQQ,2024-07-05,2,2,2,2'
    const { bars, counts } = scan(text, 'daily')
    expect(Array.from(bars.close)).toEqual([1])
    expect(counts).toMatchObject({ otherTickers: 1, otherTicker: 'QQQ' })
  })
})

describe('gaps', () => {
  it('are sessions without a bar and bars that a session lacks, half days and the week of the clocks included', () => {
    const bars = fiveMinuteBars('2024-11-27', 4).filter(
      ({ openTs }) =>
        !['2024-11-29T15:00', '2024-11-29T15:05'].includes(iso(openTs)) &&
        !iso(openTs).startsWith('2024-12-02'),
    )
    expect(findGaps(scan(csvOf(bars), '5m').grid)).toEqual({
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
  const jumps = (...closes: number[]) => findJumps(scan(days(...closes), 'daily').grid)

  it('near a split are suspected, with date and line', () => {
    expect(jumps(100, 50.5)).toEqual([
      { date: '2024-07-09', line: 3, previous_close: 100, price: 50.5, ratio: 0.505, near: '1/2' },
    ])
    expect(jumps(90, 30.1)[0]?.near).toBe('1/3')
    expect(jumps(10, 100)[0]?.near).toBe('10/1')
    expect(jumps(100, 149)[0]?.near).toBe('3/2')
  })

  it('of a bad day are not', () => expect(jumps(100, 80, 93, 110)).toEqual([]))
})
