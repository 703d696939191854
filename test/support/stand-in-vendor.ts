import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sessionDate, sessionOfDate, sessionsBetween } from '#shared/calendar/sessions.ts'
import {
  closeOf,
  dailyBar,
  fiveMinuteBars,
  listedContracts,
  optionMinuteBars,
  type SentBar,
} from './stand-in-market.ts'

export interface Fault {
  /** Path of the requests that fail. */
  path: RegExp
  /** How many of them; 1 unless said. */
  times?: number
  reply: { status: number; body?: unknown; headers?: Record<string, string> } | 'truncate' | 'reset' | 'hang'
}

export interface StandInVendor {
  url: string
  key: string
  /** Every request so far, path and query. */
  requests: string[]
  /** Authorization header of each. */
  keys: (string | undefined)[]
  fail: (fault: Fault) => void
  /** Splits by ticker; empty at first. */
  splits: Map<string, { id: string; execution_date: string; split_from: number; split_to: number }[]>
  /** Date of the chain that a snapshot shows. */
  today: string
  close: () => Promise<void>
}

/** A small server that speaks the documented replies of the vendor's REST API, from seeded data. */
export async function startStandInVendor({
  key = 'stand-in-key-0001',
  pageSize = 50_000,
} = {}): Promise<StandInVendor> {
  const faults: (Fault & { left: number })[] = []
  const requests: string[] = []
  const keys: (string | undefined)[] = []
  const splits: StandInVendor['splits'] = new Map()
  let count = 0

  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://stand-in')
    requests.push(request.url!)
    keys.push(request.headers.authorization)
    count++
    const fault = faults.find((each) => each.left > 0 && each.path.test(url.pathname))
    if (fault) {
      fault.left--
      return failWith(fault, request, response)
    }
    if (request.headers.authorization !== `Bearer ${key}`) {
      const error = 'Unknown API Key. For a complete list of valid keys see your dashboard.'
      return send(response, 401, { status: 'ERROR', request_id: `r${count}`, error })
    }
    const results = resultsOf(url)
    if (results === null) {
      return send(response, 404, { status: 'NOT_FOUND', request_id: `r${count}`, message: 'Data not found.' })
    }
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const limit = Math.min(Number(url.searchParams.get('limit') ?? 10), pageSize)
    const page = results.slice(from, from + limit)
    const next = new URL(url.pathname, origin())
    next.search = url.search
    next.searchParams.set('cursor', String(from + limit))
    send(response, 200, {
      ...(url.pathname.startsWith('/v2/aggs')
        ? { adjusted: true, queryCount: page.length, resultsCount: page.length }
        : {}),
      status: 'DELAYED',
      request_id: `r${count}`,
      // The vendor leaves the list out where there is nothing.
      ...(page.length > 0 ? { results: page } : {}),
      ...(from + limit < results.length ? { next_url: next.href } : {}),
    })
  })

  function resultsOf(url: URL): unknown[] | null {
    const { pathname, searchParams } = url
    const bars = /^\/v2\/aggs\/ticker\/([^/]+)\/range\/(\d+)\/(\w+)\/([\d-]+)\/([\d-]+)$/.exec(pathname)
    if (bars) {
      const [, ticker, multiplier, timespan, from, to] = bars
      return aggregates(decodeURIComponent(ticker!), `${multiplier}${timespan}`, from!, to!)
    }
    const ticker = searchParams.get('ticker') ?? ''
    if (pathname === '/v3/reference/options/contracts') {
      const session = sessionOfDate(searchParams.get('expiration_date')!)
      if (session < 0 || searchParams.get('expired') !== 'true') return []
      return listedContracts(searchParams.get('underlying_ticker')!, session).map((each) => ({
        ...{ cfi: 'OCASPS', exercise_style: 'american', primary_exchange: 'BATO', shares_per_contract: 100 },
        contract_type: each.isCall ? 'call' : 'put',
        expiration_date: sessionDate(session),
        strike_price: each.strike,
        ticker: each.ticker,
        underlying_ticker: searchParams.get('underlying_ticker'),
      }))
    }
    if (pathname === '/v3/reference/splits') {
      return (splits.get(ticker) ?? []).map((each) => ({ ...each, ticker }))
    }
    if (pathname === '/v3/reference/dividends') {
      const common = { dividend_type: 'CD', frequency: 4, currency: 'USD', ticker }
      return ticker === 'SPY'
        ? [
            {
              ...common,
              id: 'E416a068758f85277196150c3eb73a39',
              cash_amount: 1.7455,
              ex_dividend_date: '2024-09-20',
            },
          ]
        : []
    }
    if (pathname === '/v3/snapshot/options/SPY') return snapshot(sessionOfDate(vendor.today))
    if (pathname === '/v3/quotes/SPY') {
      return [
        { sip_timestamp: 1732545000000000000, bid_price: 400.1, ask_price: 400.12, bid_size: 3, ask_size: 2 },
      ]
    }
    if (pathname === '/v3/reference/tickers') {
      return [{ ticker: 'SPY', name: 'SPDR S&P 500 ETF Trust', market: 'stocks', active: true }]
    }
    return null
  }

  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const vendor: StandInVendor = {
    url: origin(),
    key,
    requests,
    keys,
    splits,
    today: '2024-11-26',
    fail: (fault) => void faults.push({ ...fault, left: fault.times ?? 1 }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return vendor
}

function aggregates(ticker: string, width: string, from: string, to: string): SentBar[] | null {
  if (ticker === 'NONE') return null
  const { first, end } = sessionsBetween(from, to)
  const sessions = Array.from({ length: end - first }, (_, i) => first + i)
  if (width === '1day') return sessions.map((session) => dailyBar(ticker, session))
  if (width === '1minute') return mix(optionMinuteBars(ticker))
  return mix(sessions.flatMap((session) => fiveMinuteBars(ticker, session)))
}

/** Today's contracts and those of the next session, with quotes; a deep one lacks Greeks, as the vendor says it may. */
function snapshot(session: number): unknown[] {
  return [session + 1, session].flatMap((expiry) =>
    listedContracts('SPY', expiry).map(({ ticker, strike, isCall }, i) => ({
      break_even_price: strike + 1,
      day: { close: 1.2, volume: 100 + i },
      details: {
        contract_type: isCall ? 'call' : 'put',
        exercise_style: 'american',
        expiration_date: sessionDate(expiry),
        shares_per_contract: 100,
        strike_price: strike,
        ticker,
      },
      ...(i === 0
        ? {}
        : {
            greeks: { delta: isCall ? 0.5 : -0.5, gamma: 0.05, theta: -0.2, vega: 0.1 },
            implied_volatility: 0.2,
          }),
      last_quote: { ask: 1.25, bid: 1.2, ask_size: 1, bid_size: 1, midpoint: 1.225, timeframe: 'REAL-TIME' },
      open_interest: 1000 + i,
      underlying_asset: { price: closeOf('SPY', session), ticker: 'SPY', timeframe: 'REAL-TIME' },
    })),
  )
}

/** Swaps neighbours and repeats a bar now and then, as the vendor is said to do. */
function mix(bars: SentBar[]): SentBar[] {
  const mixed: SentBar[] = []
  for (let i = 0; i < bars.length; i++) {
    mixed.push(bars[i]!)
    if (i % 11 !== 3) continue
    mixed.splice(-2, 0, bars[i]!)
  }
  return mixed
}

function failWith({ reply }: Fault, request: IncomingMessage, response: ServerResponse): void {
  if (reply === 'hang') return
  if (reply === 'reset') return void request.socket.destroy()
  if (reply === 'truncate') {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"status":"OK","results":[{"t":17')
    return
  }
  send(response, reply.status, reply.body ?? { status: 'ERROR', error: 'stand-in fault' }, reply.headers)
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
