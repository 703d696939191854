import { dateOfDay, dayOfDate } from '#shared/calendar/civil-date.ts'
import { newYorkDate, newYorkToUtc } from '#shared/calendar/new-york.ts'
import { SigmaError } from '#shared/errors.ts'
import { expiryKind, standardExpiries } from '#shared/options/list-expiries.ts'
import type { ServiceContext } from './context.ts'
import type { OptionService, QueryOf } from './index.ts'
import { overlaySignals } from './overlay.ts'
import { describePayoff, storedParities } from './overlay-reading.ts'

const DEFAULT_WEEKS = 12

/** Positions that are summed up at once: more than years of hourly signals. */
const MOST_ROWS = 100_000

function filterOf({ tickers, ...filter }: QueryOf<'getOptionParity'>) {
  return { ...filter, tickers: tickers?.split(',').map((ticker) => ticker.trim().toUpperCase()) }
}

/** Option contracts for signals, and what the lake lists of them. */
export function createOptionService(context: Parameters<typeof overlaySignals>[0]): OptionService {
  const { ledger, lake, clock } = context
  return {
    overlay: (body) => overlaySignals(context, body),

    async list({ limit = 200, offset = 0, ...filter }) {
      const { rows, total } = ledger.optionSignals.list({ ...filterOf(filter), limit, offset })
      return { rows, count: rows.length, total, limit, offset, next_offset: offset + rows.length }
    },

    async parity(filter) {
      const { rows } = ledger.optionSignals.list({ ...filterOf(filter), limit: MOST_ROWS, offset: 0 })
      return {
        count: rows.length,
        dates: new Set(rows.map(({ date }) => date)).size,
        simulated: rows.some(({ simulated }) => simulated),
        ...storedParities(rows),
      }
    },

    async payoff(id) {
      const row = ledger.optionSignals.get(Number(id))
      if (!row) throw new SigmaError('NOT_FOUND', `no option position has the id ${id}`)
      return describePayoff(row)
    },

    async expirations({ ticker: given, start = newYorkDate(Date.parse(clock())), weeks = DEFAULT_WEEKS }) {
      const ticker = given.toUpperCase()
      const first = dayOfDate(start)
      const last = first + 7 * weeks
      const range = { startTs: newYorkToUtc(first, 0), endTs: newYorkToUtc(last + 1, 0) - 1 }
      const { expiry, contracts } = await lake.listedExpiries(ticker, range)
      const end = dateOfDay(last)
      // Fridays that no snapshot lists are shown too: they say what the lake lacks.
      const counts = new Map(standardExpiries(start, end).map((date) => [date, 0]))
      if (expiry.length + counts.size === 0) throw await noExpiries(lake, ticker, start, end)
      for (let i = 0; i < expiry.length; i++) counts.set(newYorkDate(expiry[i]!), contracts[i]!)
      const expirations = [...counts.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([date, count]) => ({ date, kind: expiryKind(date), has_chain: count > 0, count }))
      return { ticker, start, weeks, expirations }
    },
  }
}

async function noExpiries(
  lake: ServiceContext['lake'],
  ticker: string,
  start: string,
  end: string,
): Promise<SigmaError> {
  const series = (await lake.catalog()).find((each) => each.kind === 'chain' && each.ticker === ticker)
  return new SigmaError(
    'NO_DATA',
    `the option chains of ${ticker} list no expiry from ${start} to ${end}; they were taken from ${series?.first} to ${series?.last}`,
  )
}
