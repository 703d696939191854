import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import type { JobProgress, JobSpec } from '#shared/jobs/define.ts'
import { simulateMarketJob } from '#shared/jobs/simulate-market.ts'
import type { Lake } from './lake.ts'
import { emptyBars } from './resample-bars.ts'

/** Source of the real S&P 500 series: an npm package that carries it. */
export const indexSource = 'vega-datasets:sp500-2000'
/** Source of everything simulated; raised when the simulation's values change. */
export const simulatedSource = 'simulated:v1'

/** One seed of some forty looked at: volatility, prices and the decay of the edge are near what the model means to show. */
const simulation = { seed: 38, firstDate: '2023-07-03', lastDate: '2024-12-31' }

const steps = 7

/**
 * Loads the sample data: real daily bars of SPX, simulated 5-minute bars of SPY and AAPL, index levels, option chains and
 * option minutes of SPY. What is there already is left alone, so a load that was cut short goes on where it stopped.
 */
export async function loadSampleData(
  lake: Lake,
  runJob: <I, R>(spec: JobSpec<I, R>, input: I) => Promise<R>,
  report: (progress: JobProgress) => void,
): Promise<void> {
  const catalog = await lake.catalog()
  const has = (kind: string, ticker: string, cadence: string | null) =>
    catalog.some((row) => row.kind === kind && row.ticker === ticker && row.cadence === cadence)
  const missing = {
    index: !has('bars', 'SPX', 'daily'),
    fund: !has('bars', 'SPY', '5m'),
    stock: !has('bars', 'AAPL', '5m'),
    levels: !has('index', 'VIX', 'daily'),
    chain: !has('chain', 'SPY', null),
    minutes: !has('option_minutes', 'SPY', null),
  }
  const note = (done: number, text: string) => report({ done, total: steps, note: text })
  note(0, 'SPX daily bars')
  if (missing.index) await lake.writeBars('daily', 'SPX', await readIndexBars(), indexSource)
  if (missing.fund || missing.stock || missing.levels || missing.chain || missing.minutes) {
    note(1, 'simulating SPY and AAPL')
    const market = await runJob(simulateMarketJob, simulation)
    note(2, 'SPY bars')
    if (missing.fund) await lake.writeBars('5m', 'SPY', market.fund, simulatedSource)
    note(3, 'AAPL bars')
    if (missing.stock) await lake.writeBars('5m', 'AAPL', market.stock, simulatedSource)
    note(4, 'volatility index levels')
    if (missing.levels) await lake.writeIndexLevels(market.index, simulatedSource)
    note(5, 'SPY option minutes')
    if (missing.minutes) await lake.writeOptionMinutes('SPY', market.optionMinutes, simulatedSource)
    note(6, 'SPY option chains')
    if (missing.chain) await lake.writeChain('SPY', market.chain, simulatedSource)
  }
  note(steps, 'sample data loaded')
}

/** The S&P 500 of 2000-01-03 … 2020-04-17. Throws INTERNAL where the package's file is not what it was. */
async function readIndexBars(): Promise<BarSeries> {
  const entry = createRequire(import.meta.url).resolve('vega-datasets')
  const file = join(dirname(entry), '..', 'data', 'sp500-2000.csv')
  const [header, ...lines] = (await readFile(file, 'utf8')).trim().split(/\r?\n/)
  if (header !== 'date,open,high,low,close,adjclose,volume') {
    throw new SigmaError('INTERNAL', `${indexSource} has unknown columns: ${header}`)
  }
  const bars = emptyBars(lines.length)
  for (let i = 0; i < lines.length; i++) {
    const cells = lines[i]!.split(',')
    const session = sessionOfDate(cells[0]!)
    if (session < 0)
      throw new SigmaError('INTERNAL', `${indexSource} has a bar on ${cells[0]}, which is no session`)
    bars.session[i] = session
    bars.openTs[i] = sessionOpen[session]!
    bars.ts[i] = sessionClose[session]!
    bars.open[i] = Number(cells[1])
    bars.high[i] = Number(cells[2])
    bars.low[i] = Number(cells[3])
    bars.close[i] = Number(cells[4])
    bars.volume[i] = Number(cells[6])
  }
  bars.vwap.fill(Number.NaN)
  return bars
}
