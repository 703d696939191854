import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sessionClose, sessionOfDate } from '#shared/calendar/sessions.ts'
import {
  blackScholes,
  blackScholesPrice,
  bsDelta,
  bsGamma,
  bsVega,
  optionYearMs,
} from '#shared/kernels/black-scholes.ts'
import { scanText } from '#test/scan-text.ts'

const quotes = (text: string, options: Parameters<typeof scanText>[2] = {}) =>
  scanText('chain', text, options)
const header =
  'quote_time,underlying_price,strike,right,expiration,bid,ask,volume,open_interest,iv,delta,gamma'
const iso = (ts: number) => new Date(ts).toISOString().slice(0, 16)

describe('quotes of a file', () => {
  it('keep their order by snapshot, expiry, strike and right, whatever the order of the file', async () => {
    const lines = [
      '2024-07-05 11:00,550,550,C,2024-07-05,1,1.1,5,6,0.1,0.5,0.05',
      '2024-07-05 10:00,549,550,C,2024-07-08,2,2.1,5,6,0.1,0.5,0.05',
      '2024-07-05 10:00,549,550,C,2024-07-05,1,1.1,5,6,0.1,0.5,0.05',
      '2024-07-05 10:00,549,550,put,2024-07-05,1,1.1,5,6,0.1,-0.5,0.05',
      '2024-07-05 10:00,549,548,C,2024-07-05,3,3.1,5,6,0.1,0.7,0.05',
    ]
    const { column, counts, notes } = await quotes([header, ...lines].join('\n'))
    expect(counts).toMatchObject({ rows: 5, bad: 0 })
    expect(column('line')).toEqual([6, 5, 4, 3, 2])
    expect(column('ts').map(iso)).toEqual([...Array(4).fill('2024-07-05T14:00'), '2024-07-05T15:00'])
    expect(column('iv')).toEqual(Array(5).fill(0.1))
    expect(notes).toEqual({})
  })

  it('of a date alone are those of its close', async () => {
    const { column } = await quotes('date,spot,symbol,bid,ask\n2024-07-03,551,SPY240719C00550000,5,5.2')
    expect(column('ts').map(iso)).toEqual(['2024-07-03T17:00'])
    expect(column('expiry')).toEqual([sessionClose[sessionOfDate('2024-07-19')]])
  })

  it('take the spot of the lake where the file has none, and only one of that very instant', async () => {
    const text =
      'ts,symbol,bid,ask\n2024-07-05 10:00,SPY240705C00550000,5,5.2\n2024-07-05 10:03,SPY240705C00550000,5,5.2'
    const { column, counts } = await quotes(text, {
      spotAt: (ts) => (iso(ts).endsWith('14:00') ? 552 : Number.NaN),
    })
    expect(column('spot')).toEqual([552])
    expect(counts.badRows).toEqual([
      { line: 3, reason: 'has no spot: the lake has no 5-minute bar that ends at 2024-07-05T14:03:00.000Z' },
    ])
  })

  it('that are none are named by line and reason', async () => {
    const at = '2024-07-05 10:00,550,550,C,2024-07-05'
    const bad = [
      [`${at},1.2,1.1,5,6,0.1,0.5,0.05`, 'ask 1.1 is below bid 1.2'],
      [`${at},-1,1.1,5,6,0.1,0.5,0.05`, 'bid -1 is negative'],
      [`${at},1,1.1,-5,6,0.1,0.5,0.05`, 'volume -5 is negative'],
      [`${at},1,1.1,5,-6,0.1,0.5,0.05`, 'open_interest -6 is negative'],
      [`${at},1,1.1,5,6,0,0.5,0.05`, 'iv 0 lies outside 0 to 5: a fraction a year'],
      [`${at},1,1.1,5,6,18.5,0.5,0.05`, 'iv 18.5 lies outside 0 to 5: a fraction a year'],
      [`${at},1,1.1,5,6,0.1,-0.5,0.05`, 'delta -0.5 is none of a call'],
      [`${at},1,1.1,5,6,0.1,0.5,-1`, 'gamma -1 is negative'],
      ['2024-07-05 10:00,550,0,C,2024-07-05,1,1.1,5,6,0.1,0.5,0.05', 'strike 0 is not above 0'],
      ['2024-07-05 10:00,550,-5,C,2024-07-05,1,1.1,5,6,0.1,0.5,0.05', 'strike -5 is not above 0'],
      ['2024-07-05 10:00,550,550,X,2024-07-05,1,1.1,5,6,0.1,0.5,0.05', 'right "X" is no call or put'],
      ['2024-07-05 10:00,550,550,C,2024-07-06,1,1.1,5,6,0.1,0.5,0.05', 'expiry 2024-07-06 is at a weekend'],
      ['2024-07-05 10:00,550,550,C,soon,1,1.1,5,6,0.1,0.5,0.05', 'expiry "soon" is not a date'],
      ['2024-07-05 10:00,550,550,C,2024-07-03,1,1.1,5,6,0.1,0.5,0.05', 'expired before its snapshot'],
      ['2024-07-05 10:00,0,550,C,2024-07-05,1,1.1,5,6,0.1,0.5,0.05', 'spot 0 is not above 0'],
    ] as const
    const { counts, rows } = await quotes([header, ...bad.map(([line]) => line)].join('\n'))
    expect(counts.badRows).toEqual(bad.map(([, reason], i) => ({ line: i + 2, reason })))
    expect(rows.length).toBe(0)
  })

  it('of a Saturday expired the day before, as monthly options did until 2015', async () => {
    const { column, counts } = await quotes(
      'ts,spot,symbol,bid,ask\n2014-07-01 10:00,197,SPY140719C00197000,2,2.1',
    )
    expect(counts.bad).toBe(0)
    expect(column('expiry')).toEqual([sessionClose[sessionOfDate('2014-07-18')]])
  })

  it('with a time each are no snapshots', async () => {
    const lines = Array.from(
      { length: 30 },
      (_, i) => `2024-07-05 10:00:${10 + i},550,SPY240705C00550000,1,1.1`,
    )
    const { problems } = await quotes(['ts,spot,symbol,bid,ask', ...lines].join('\n'))
    expect(problems).toEqual([
      'the file has 30 times for 30 quotes: map ts to the time of the snapshot, not of each quote',
    ])
  })

  it('lack the snapshots of clock hours that most sessions have', async () => {
    const at = (date: string, time: string) => `2024-07-${date} ${time},550,SPY240719C00550000,9,9.1`
    const lines = [
      at('01', '10:00'),
      at('01', '15:00'),
      at('02', '10:00'),
      at('03', '10:00'),
      at('05', '10:00'),
      at('05', '15:00'),
      at('08', '10:00'),
      at('08', '15:00'),
    ]
    const { gaps } = await quotes(['ts,spot,symbol,bid,ask', ...lines].join('\n'))
    expect(gaps.bars.map(({ date, missing }) => [date, missing])).toEqual([
      ['2024-07-02', 1],
      ['2024-07-03', 1],
    ])
  })
})

describe('volatility and Greeks that a file does not have', () => {
  const ts = sessionClose[sessionOfDate('2024-07-05')]!
  const expiry = sessionClose[sessionOfDate('2024-08-16')]!
  const years = (expiry - ts) / optionYearMs

  it('are those that price the middle of bid and ask, with the carry that puts and calls agree on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.06, max: 1.5, noNaN: true }),
        fc.double({ min: -0.03, max: 0.06, noNaN: true }),
        fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 4 }),
        async (sigma, carry, steps) => {
          // Quotes of a market that carries the underlying at `carry` a year, as a yield at no interest.
          const strikes = [...new Set([0, ...steps])].map((step) => 550 + 5 * step)
          const lines = strikes.flatMap((strike) =>
            [true, false].map((isCall) => {
              const price = blackScholesPrice(isCall, 550, strike, years, 0, -carry, sigma)
              return `2024-07-05,550,${strike},${isCall ? 'C' : 'P'},2024-08-16,${price},${price}`
            }),
          )
          const { column, rows } = await quotes(
            ['date,spot,strike,right,expiry,bid,ask', ...lines].join('\n'),
          )
          const greeks = new Float64Array(5)
          const [iv, delta, gamma, vega] = ['iv', 'delta', 'gamma', 'vega'].map(column)
          for (let q = 0; q < rows.length; q++) {
            const [strike, isCall] = [column('strike')[q]!, column('is_call')[q] === 1]
            blackScholes(isCall, 550, strike, years, 0, -carry, sigma, greeks)
            if (greeks[bsVega]! < 1) continue
            expect(iv![q]).toBeCloseTo(sigma, 6)
            expect(delta![q]).toBeCloseTo(greeks[bsDelta]!, 6)
            expect(gamma![q]).toBeCloseTo(greeks[bsGamma]!, 6)
            expect(vega![q]).toBeCloseTo(greeks[bsVega]!, 3)
          }
        },
      ),
      { seed: 11, numRuns: 40 },
    )
  })

  it('are missing where bid or ask is, or where no volatility gives the price', async () => {
    const { column, notes } = await quotes(
      [
        'date,spot,strike,right,expiry,bid,ask',
        '2024-07-05,550,545,C,2024-08-16,,14',
        '2024-07-05,550,550,C,2024-08-16,0,0',
        '2024-07-05,550,500,C,2024-08-16,10,10.2',
        '2024-07-05,550,555,C,2024-08-16,9,9.2',
      ].join('\n'),
    )
    expect(column('iv').map((x) => Number.isNaN(x))).toEqual([true, true, true, false])
    expect(column('delta').map((x) => Number.isNaN(x))).toEqual([true, true, true, false])
    expect(notes).toEqual({ 'quotes have their volatility from the middle of bid and ask': 1 })
  })

  it('are left as given where the file has them', async () => {
    const { column } = await quotes(
      `${header}\n2024-07-05 10:00,550,550,C,2024-08-16,9,9.2,1,1,0.15,0.51,0.012`,
    )
    expect([column('iv'), column('delta'), column('gamma')]).toEqual([[0.15], [0.51], [0.012]])
  })
})
