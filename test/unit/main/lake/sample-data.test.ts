import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSampleData } from '#main/lake/sample-data.ts'
import type { JobSpec } from '#shared/jobs/define.ts'
import { openTempLake, type TempLake } from '#test/temp-lake.ts'
import { simulateMarket } from '#workers/jobs/simulate-market.ts'

/** The real simulation over a few sessions only, so that the test is quick. */
async function runShort<I, R>(_: JobSpec<I, R>, input: I): Promise<R> {
  const window = { ...(input as { seed: number }), firstDate: '2024-07-01', lastDate: '2024-07-05' }
  return simulateMarket(window, { report: () => undefined, cancelled: () => false }) as R
}

describe('sample data', () => {
  let temp: TempLake
  beforeAll(async () => {
    temp = await openTempLake()
  })
  afterAll(() => temp.remove())

  it('is real for SPX, on every session of its twenty years, and simulated for SPY and AAPL', async () => {
    const notes: (string | undefined)[] = []
    await loadSampleData(temp.lake, runShort, ({ note }) => notes.push(note))
    const catalog = await temp.lake.catalog()
    expect(catalog.find(({ ticker }) => ticker === 'SPX')).toMatchObject({
      cadence: 'daily',
      source: 'vega-datasets:sp500-2000',
      simulated: false,
      first: '2000-01-03',
      last: '2020-04-17',
      rows: 5105,
      opensAreCloses: true,
    })
    const simulated = catalog.filter((row) => row.simulated)
    expect(new Set(simulated.map(({ source }) => source))).toEqual(new Set(['simulated:v1']))
    expect(new Set(simulated.map(({ ticker, kind }) => `${ticker} ${kind}`))).toEqual(
      new Set(['SPY bars', 'AAPL bars', 'SPY chain', 'SPY option_minutes', 'VIX index']),
    )
    expect(notes).toContain('simulating SPY and AAPL')
  })

  it('has the published first and last bar of SPX', async () => {
    const spx = await temp.lake.bars('SPX', 'daily')
    expect([spx.open[0], spx.high[0], spx.low[0], spx.close[0]]).toEqual([
      1469.25, 1478, 1438.359985, 1455.219971,
    ])
    expect(spx.close.at(-1)).toBeCloseTo(2874.56, 2)
    expect(spx.vwap.every(Number.isNaN)).toBe(true)
  })

  it('is left alone by a second load, and a load that was cut short goes on', async () => {
    const before = await temp.lake.catalog()
    await loadSampleData(
      temp.lake,
      () => {
        throw new Error('nothing is missing')
      },
      () => undefined,
    )
    expect(await temp.lake.catalog()).toEqual(before)
    await rm(join(temp.root, 'lake', 'option_minutes'), { recursive: true })
    const again = temp.reopen()
    await loadSampleData(again, runShort, () => undefined)
    expect(await again.catalog()).toEqual(before)
  })
})
