import { dayOfDate } from '#shared/calendar/civil-date.ts'
import { newYorkDate, newYorkMinute, newYorkToUtc } from '#shared/calendar/new-york.ts'
import { sessionOfDate } from '#shared/calendar/sessions.ts'
import type { InputOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { snapshotKnownAt } from '#shared/options/list-expiries.ts'
import { layOutChain } from './chain-view.ts'
import type { ServiceContext } from './context.ts'
import type { MarketDataService } from './index.ts'
import { type Coverage, coverBars, coverCounts } from './session-coverage.ts'

type CoverageQuery = InputOf<'getCoverage'>['query']
type Kind = NonNullable<CoverageQuery['kind']>
type Cadence = NonNullable<CoverageQuery['cadence']>
type Lake = ServiceContext['lake']

const units = { bars: 'bars', index: 'levels', chain: 'snapshots', option_minutes: 'minutes' } as const
const titles = {
  bars: 'bars',
  index: 'index levels',
  chain: 'option chains',
  option_minutes: 'option minutes',
}

/** Views of the lake for people: a chain by expiry and strike, and where a series has holes. */
export function createMarketDataService({ lake }: Pick<ServiceContext, 'lake'>): MarketDataService {
  return {
    async chain({ ticker: given, date, at }) {
      const ticker = given.toUpperCase()
      const series = await findSeries(lake, 'chain', ticker, null)
      const day = date ?? (at?.includes('T') ? newYorkDate(instantOf(at, '')) : series.last)
      const session = sessionOfDate(day)
      if (session < 0) throw new SigmaError('INVALID_PARAM', `date ${day} is no trading session`)
      const start = newYorkToUtc(dayOfDate(day), 0)
      const end = newYorkToUtc(dayOfDate(day) + 1, 0) - 1
      const known = at === undefined ? end : instantOf(at, day)
      if (known < start || known > end) {
        throw new SigmaError('INVALID_PARAM', `at ${at} is not on date ${day} in New York`)
      }
      const chain = await lake.chain(ticker, { startTs: start, endTs: end })
      const snapshot = snapshotKnownAt(chain, session, known)
      const taken = [...chain.ts].filter((_, s) => chain.session[s] === session)
      if (snapshot < 0) {
        throw new SigmaError(
          'NO_DATA',
          taken.length === 0
            ? `the option chains of ${ticker} have no snapshot on ${day}; they were taken from ${series.first} to ${series.last}`
            : `no option chain of ${ticker} was known at ${at} on ${day}: the first was taken at ${clock(taken[0]!)} in New York`,
        )
      }
      const spot = chain.spot[snapshot]!
      return {
        ticker,
        source: series.source,
        simulated: series.simulated,
        date: day,
        at: new Date(chain.ts[snapshot]!).toISOString(),
        spot: Number.isFinite(spot) ? spot : null,
        snapshots: taken.map((ts) => new Date(ts).toISOString()),
        expiries: layOutChain(chain, snapshot, day),
      }
    },

    async coverage({ ticker: given, kind = 'bars', cadence: asked }) {
      const ticker = given.toUpperCase()
      if (kind !== 'bars' && asked !== undefined && !(kind === 'index' && asked === 'daily')) {
        throw new SigmaError('INVALID_PARAM', `cadence ${asked} does not apply to ${titles[kind]}`)
      }
      const cadence = asked ?? 'daily'
      const row = await findSeries(lake, kind, ticker, kind === 'bars' ? cadence : null)
      const { source, simulated } = row
      return {
        ticker,
        kind,
        cadence: row.cadence,
        source,
        simulated,
        unit: units[kind],
        ...(await coverSeries(lake, kind, ticker, cadence)),
      }
    },
  }
}

async function coverSeries(lake: Lake, kind: Kind, ticker: string, cadence: Cadence): Promise<Coverage> {
  if (kind === 'bars') return coverBars(await lake.bars(ticker, cadence), cadence)
  if (kind === 'index') {
    const { session } = await lake.indexLevels()
    return coverCounts(session[0]!, spread(session, new Float64Array(session.length).fill(1)), () => 1)
  }
  const { session, times } = await lake.timesPerSession(kind, ticker)
  return coverCounts(session[0]!, spread(session, times), null)
}

/** Counts of ascending sessions, with a 0 for each one between them that has none. */
function spread(session: Int32Array, counts: Float64Array): Float64Array {
  const first = session[0]!
  const all = new Float64Array(session.at(-1)! - first + 1)
  for (let i = 0; i < session.length; i++) all[session[i]! - first] = counts[i]!
  return all
}

async function findSeries(lake: Lake, kind: Kind, ticker: string, cadence: Cadence | null) {
  const own = (await lake.catalog()).filter((row) => row.kind === kind && row.ticker === ticker)
  const found = own.find((row) => cadence === null || row.cadence === cadence)
  if (found !== undefined) return found
  if (own.length === 0) throw new SigmaError('NO_DATA', `the lake has no ${titles[kind]} of ${ticker}`)
  const others = own.map((row) => row.cadence).join(', ')
  throw new SigmaError('NO_DATA', `the lake has no ${cadence} bars of ${ticker}, only ${others}`)
}

/** `10:30` of a day in New York, or an instant as it stands. */
function instantOf(at: string, day: string): number {
  if (!at.includes('T')) {
    const [hours, minutes] = at.split(':').map(Number)
    return newYorkToUtc(dayOfDate(day), hours! * 60 + minutes!)
  }
  const ts = Date.parse(at)
  if (Number.isNaN(ts)) throw new SigmaError('INVALID_PARAM', `at ${at} is no instant`)
  return ts
}

function clock(ts: number): string {
  const minute = newYorkMinute(ts)
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
