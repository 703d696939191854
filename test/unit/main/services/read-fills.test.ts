import { describe, expect, it } from 'vitest'
import { parseFills, type RawFill } from '#main/services/read-fills.ts'

const row: RawFill = { ts: '2024-06-03T18:00:00Z', model_id: 'm', ticker: 'spy', status: 'Filled' }

describe('parseFills', () => {
  it('reads a row with its defaults', () => {
    expect(parseFills([row], 2)).toEqual([
      {
        ...{ line: 2, ts: '2024-06-03T18:00:00Z', model_id: 'm', risk_profile: 'balanced', ticker: 'SPY' },
        ...{ side: null, entry_ref_px: null, fill_px: null, slippage: null, status: 'filled' },
        ...{ pnl: null, rr: undefined, tag: undefined },
      },
    ])
  })

  it.each([
    ['2024-06-03T14:00:00-04:00', '2024-06-03T18:00:00Z'],
    ['2024-06-03T18:00:00.000Z', '2024-06-03T18:00:00Z'],
    [1717437600000, '2024-06-03T18:00:00Z'],
    ['1717437600000', '2024-06-03T18:00:00Z'],
  ])('reads the time %s', (ts, expected) => {
    expect(parseFills([{ ...row, ts }], 1)[0]!.ts).toBe(expected)
  })

  it.each([
    ['cancelled', 'canceled'],
    ['Timed out', 'timed_out'],
    ['timeout', 'timed_out'],
    ['CLOSED', 'closed'],
  ])('reads the status %s', (status, expected) => {
    expect(parseFills([{ ...row, status }], 1)[0]!.status).toBe(expected)
  })

  it('reads empty cells of a CSV as missing and numbers as numbers', () => {
    const [fill] = parseFills(
      [{ ...row, fill_px: '510.25', slippage: '', pnl: '0.004', side: 'SELL', tag: ' ' }],
      1,
    )
    expect(fill).toMatchObject({ fill_px: 510.25, slippage: null, pnl: 0.004, side: 'sell', tag: undefined })
  })

  it('tells a ratio and a tag that are left out from those that null takes away', () => {
    const [kept, gone] = parseFills([row, { ...row, ticker: 'qqq', rr: null, tag: null }], 1)
    expect([kept!.rr, kept!.tag, gone!.rr, gone!.tag]).toEqual([undefined, undefined, null, null])
  })

  it.each<[Partial<RawFill>, RegExp]>([
    [{ ts: '2024-06-03 18:00:00' }, /its zone/],
    [{ ts: 'yesterdayZ' }, /its zone/],
    [{ model_id: ' ' }, /model_id is missing/],
    [{ status: 'eaten' }, /status eaten/],
    [{ side: 'hold' }, /side hold/],
    [{ risk_profile: 'yolo' }, /risk_profile yolo/],
    [{ fill_px: 'abc' }, /fill_px "abc"/],
    [{ fill_px: 0 }, /fill_px 0/],
    [{ pnl: 125 }, /fraction of capital/],
    [{ pnl: 0.01, status: 'canceled' }, /a trade that is canceled/],
  ])('refuses %j with its line', (changes, message) => {
    expect(() => parseFills([row, { ...row, ...changes }], 2)).toThrow(message)
    expect(() => parseFills([row, { ...row, ...changes }], 2)).toThrow(/^line 3: .*nothing was imported$/)
  })

  it('refuses a signal that is named twice, and names every bad line in the details', () => {
    expect(() => parseFills([row, { ...row, ticker: 'SPY' }], 2)).toThrow(/line 3: the same signal as line 2/)
    try {
      parseFills([{ ...row, status: 'a' }, row, { ...row, status: 'b' }], 2)
      expect.unreachable()
    } catch (error) {
      const { details } = error as { details: { problems: { line: number }[] } }
      expect(details.problems.map(({ line }) => line)).toEqual([2, 4])
    }
  })
})
