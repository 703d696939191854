import { chainOf } from '#main/lake/read-series.ts'
import { hourEtAt, lastHourEt } from '#main/lake/session-hours.ts'
import { rowsOfTable } from '#main/lake/tables.ts'
import { newYorkDay } from '#shared/calendar/new-york.ts'
import { sessionClose, sessionOfDay, sessionOpen } from '#shared/calendar/sessions.ts'
import {
  blackScholes,
  bsDelta,
  bsGamma,
  bsTheta,
  bsVega,
  impliedVolatility,
  optionYearMs,
} from '#shared/kernels/black-scholes.ts'
import { impliedYield, isQuoted } from '#shared/options/implied-carry.ts'
import { type ImportKind, type Inspector, rowsOfColumns, type ScanContext } from './define-kind.ts'
import { contractAliases, contractReader, lackingContract } from './option-contract.ts'

const firstHourEt = 9
const hourMs = 3_600_000
/** Nearer to its expiry than this an option is of the same day: carry of a few hours is nothing (decision 0014). */
const sameDayMs = 12 * hourMs
/** A volatility beyond 500 % is a stray print, not a view (engine.md 2). */
const highestSigma = 5
const highestPrice = 99_999
/** Fewer quotes a snapshot than this, over many of them, are quotes with a time each. */
const fewQuotes = 4
const manySnapshots = 20
const columns = [
  ...([
    'session',
    'ts',
    'expiry',
    'strike',
    'is_call',
    'spot',
    'bid',
    'ask',
    'volume',
    'open_interest',
  ] as const),
  ...(['iv', 'delta', 'gamma', 'vega', 'theta'] as const),
]
const place = Object.fromEntries(columns.map((name, c) => [name, c])) as Record<
  (typeof columns)[number],
  number
>

/** Snapshots of option chains: every quote of an instant. */
export const chain: ImportKind = {
  id: 'chain',
  unit: 'quote',
  columns,
  key: ['ts', 'expiry', 'strike', 'is_call'],
  aliases: {
    ...contractAliases,
    ts: [
      'ts',
      'timestamp',
      'datetime',
      'snapshottime',
      'quotetime',
      'quotedatetime',
      'asof',
      'quotereadtime',
    ],
    date: ['date', 'quotedate', 'tradedate', 'datadate', 'snapshotdate', 'day'],
    spot: [
      'spot',
      'underlyingprice',
      'underlyinglast',
      'underlyingclose',
      'stockprice',
      'activeunderlyingprice',
    ],
    bid: ['bid', 'bidprice', 'b', 'bestbid'],
    ask: ['ask', 'askprice', 'offer', 'a', 'bestask', 'bestoffer'],
    volume: ['volume', 'v', 'vol', 'tradevolume'],
    open_interest: ['openinterest', 'oi', 'openint'],
    iv: ['iv', 'impliedvolatility', 'impliedvol', 'impvol', 'sigma', 'volatility'],
    delta: ['delta'],
    gamma: ['gamma'],
  },
  lacking: (at) => {
    const isEmpty = at.bid < 0 && at.ask < 0 && at.iv < 0
    return [...lackingContract(at), ...(isEmpty ? ['bid', 'ask'] : [])]
  },
  numeric: ['bid', 'ask', 'spot', 'strike', 'iv'],
  isSummed: false,
  needsSpot: (at) => at.spot < 0,
  seriesOf: ({ ticker }) => ({ kind: 'chain', ticker, cadence: null }),
  readLine,
  computed: ['iv', 'delta', 'gamma', 'vega', 'theta'],
  complete,
  slots: () => ({
    perSession: 7,
    slotOf: ({ values }, row) => {
      const session = values['session']![row]!
      return Math.min(hourEtAt(session, values['ts']![row]!), lastHourEt(session)) - firstHourEt
    },
    expectedIn: null,
  }),
  inspector,
  toTable: ({ values }) => rowsOfTable('chain', values),
  ofTable: (table) => rowsOfColumns(table, columns),
  tsOf: ({ values }, row) => values['ts']![row]!,
}

function inspector(): Inspector {
  let snapshots = 0
  return {
    add({ values }) {
      snapshots += new Set(values['ts']).size
    },
    find(_, good) {
      const isScattered = snapshots >= manySnapshots && good < fewQuotes * snapshots
      return {
        jumps: [],
        problems: isScattered
          ? [
              `the file has ${snapshots} times for ${good} quotes: map ts to the time of the snapshot, not of each quote`,
            ]
          : [],
      }
    },
  }
}

function readLine(context: ScanContext): () => void {
  const { line, counts, row, put, ofSession, spotAt } = context
  const readContract = contractReader(context)

  /** Instant of the snapshot: a date by itself is its session's close. */
  function instant(): number {
    if (!line.isDate()) return line.instant()
    const session = sessionOfDay(line.day())
    return session < 0 ? Number.NaN : sessionClose[session]!
  }

  return () => {
    if (!line.time()) return
    const ts = instant()
    const session = Number.isNaN(ts) ? -1 : sessionOfDay(newYorkDay(ts))
    if (session < 0 || ts < sessionOpen[session]! || ts > sessionClose[session]!) {
      counts.outsideSession++
      return
    }
    ofSession(session)
    const contract = readContract()
    if (contract === undefined) return
    if (contract.session < session) return line.refuse('expired before its snapshot')
    const spot = line.has('spot') ? line.positive('spot') : spotAt(ts)
    if (Number.isNaN(spot)) {
      line.refuse(`has no spot: the lake has no 5-minute bar that ends at ${new Date(ts).toISOString()}`)
    }
    const [bid, ask] = [line.count('bid'), line.count('ask')]
    if (ask < bid) line.refuse(`ask ${ask} is below bid ${bid}`)
    for (const [name, price] of Object.entries({ spot, bid, ask })) {
      if (price > highestPrice) line.refuse(`${name} ${price} is above ${highestPrice}`)
    }
    const iv = line.number('iv')
    if (iv <= 0 || iv > highestSigma)
      line.refuse(`iv ${iv} lies outside 0 to ${highestSigma}: a fraction a year`)
    const delta = line.number('delta')
    const own = contract.isCall ? delta : -delta
    if (own < -0.01 || own > 1) line.refuse(`delta ${delta} is none of a ${contract.isCall ? 'call' : 'put'}`)
    row[place.session] = session
    row[place.ts] = ts
    row[place.expiry] = contract.expiry
    row[place.strike] = contract.strike
    row[place.is_call] = contract.isCall ? 1 : 0
    row[place.spot] = spot
    row[place.bid] = bid
    row[place.ask] = ask
    row[place.volume] = Math.round(line.count('volume'))
    row[place.open_interest] = Math.round(line.count('open_interest'))
    row[place.iv] = iv
    row[place.delta] = delta
    row[place.gamma] = line.count('gamma')
    // Files count vega and theta in different units, so both are computed.
    row[place.vega] = Number.NaN
    row[place.theta] = Number.NaN
    put()
  }
}

/**
 * Volatility from the middle of bid and ask and Greeks by Black–Scholes, where the file has none. The carry of each expiry is what
 * its own quotes are priced with (put–call parity), for calls and puts alike.
 */
async function complete(
  ...[rows, pause, note]: Parameters<NonNullable<ImportKind['complete']>>
): ReturnType<NonNullable<ImportKind['complete']>> {
  const table = chainOf(rowsOfTable('chain', rows.values))
  const { iv, delta, gamma, vega, theta } = rows.values as Record<string, Float64Array>
  const greeks = new Float64Array(5)
  let computed = 0
  for (let s = 0; s < table.snapshots; s++) {
    await pause()
    const ts = table.ts[s]!
    const spot = table.spot[s]!
    let yields = 0
    for (let q = table.offset[s]!; q < table.offset[s + 1]!; q++) {
      const expiry = table.expiry[q]!
      const years = (expiry - ts) / optionYearMs
      const isFirst = q === table.offset[s]! || expiry !== table.expiry[q - 1]
      if (isFirst) yields = expiry - ts < sameDayMs ? 0 : impliedYield(table, s, expiry, 0)
      const isCall = table.isCall[q] === 1
      const strike = table.strike[q]!
      if (Number.isNaN(iv![q]!) && isQuoted(table, q)) {
        const middle = (table.bid[q]! + table.ask[q]!) / 2
        const sigma = impliedVolatility(isCall, middle, spot, strike, years, 0, yields)
        if (sigma > 0 && sigma <= highestSigma) {
          iv![q] = sigma
          computed++
        }
      }
      const sigma = iv![q]!
      if (!(sigma > 0 && years > 0)) continue
      blackScholes(isCall, spot, strike, years, 0, yields, sigma, greeks)
      if (Number.isNaN(delta![q]!)) delta![q] = greeks[bsDelta]!
      if (Number.isNaN(gamma![q]!)) gamma![q] = greeks[bsGamma]!
      vega![q] = greeks[bsVega]!
      theta![q] = greeks[bsTheta]!
    }
  }
  if (computed > 0) note('quotes have their volatility from the middle of bid and ask', computed)
}
