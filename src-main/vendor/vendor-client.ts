import { SigmaError } from '#shared/errors.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { createRateLimiter, type RateState } from './rate-limiter.ts'
import { pageReader } from './read-reply.ts'
import { type SendOptions, sendRequest } from './send-request.ts'
import {
  Aggregate,
  Dividend,
  OptionContract,
  OptionSnapshot,
  Quote,
  Split,
  TickerInfo,
} from './vendor-schemas.ts'
import type { VendorSettings } from './vendor-settings.ts'

export interface AggregateRange {
  multiplier: number
  timespan: 'minute' | 'hour' | 'day'
  /** YYYY-MM-DD, both included. */
  from: string
  to: string
}

export interface VendorClient {
  /** Bars by their start, split-adjusted, in the order that the vendor sends. */
  aggregates: (ticker: string, range: AggregateRange, signal: AbortSignal) => Promise<Aggregate[]>
  /** Contracts of an expiry, expired or not. */
  optionContracts: (underlying: string, expiry: string, signal: AbortSignal) => Promise<OptionContract[]>
  /** The chain as it is now: there is no other time to ask for. */
  chainSnapshot: (underlying: string, expiryTo: string, signal: AbortSignal) => Promise<OptionSnapshot[]>
  quotes: (ticker: string, from: string, to: string, signal: AbortSignal) => Promise<Quote[]>
  splits: (ticker: string, signal: AbortSignal) => Promise<Split[]>
  dividends: (ticker: string, signal: AbortSignal) => Promise<Dividend[]>
  findTickers: (text: string, signal: AbortSignal) => Promise<TickerInfo[]>
  rate: () => RateState
  /** Pages fetched since the client was made. */
  requests: () => number
}

export type VendorOptions = Partial<Pick<SendOptions, 'timeoutMs' | 'backoffMs'>> & { seed?: number }

type Params = Record<string, string | number | boolean>

/** Names of one and the same vendor: pages of either may point to the other. */
const vendorHosts = new Set(['api.polygon.io', 'api.massive.com'])
/** More pages than any request of ours has: whoever gets here goes round in circles. */
const mostPages = 2000

const readers = {
  aggregates: pageReader(Aggregate),
  contracts: pageReader(OptionContract),
  snapshots: pageReader(OptionSnapshot),
  quotes: pageReader(Quote),
  splits: pageReader(Split),
  dividends: pageReader(Dividend),
  tickers: pageReader(TickerInfo),
}

/** Client of the REST API of Polygon.io, now Massive.com. Every list is fetched to its last page. */
export function createVendorClient(settings: VendorSettings, options: VendorOptions = {}): VendorClient {
  const limiter = createRateLimiter(settings.perMinute)
  const { timeoutMs = 30_000, backoffMs = 1000, seed = 1 } = options
  const send: SendOptions = { settings, limiter, random: createRandom(seed), timeoutMs, backoffMs }
  let requests = 0

  async function list<T>(
    read: (body: unknown, path: string) => { results: T[]; nextUrl: string | null },
    path: string,
    params: Params,
    signal: AbortSignal,
  ): Promise<T[]> {
    let url = new URL(path, settings.origin)
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value))
    const seen = new Set<string>()
    const all: T[] = []
    for (;;) {
      if (seen.has(url.href) || seen.size >= mostPages) {
        throw new SigmaError('NO_DATA', `the pages of ${path} lead back to one another (next_url)`)
      }
      seen.add(url.href)
      const body = await sendRequest(url, send, signal)
      requests++
      const { results, nextUrl } = read(body, path)
      for (const each of results) all.push(each)
      if (nextUrl === null) return all
      url = nextPage(nextUrl, settings.origin, path)
    }
  }

  return {
    aggregates: (ticker, { multiplier, timespan, from, to }, signal) =>
      list(
        readers.aggregates,
        `/v2/aggs/ticker/${segmentOf(ticker)}/range/${multiplier}/${timespan}/${from}/${to}`,
        { adjusted: true, sort: 'asc', limit: 50_000 },
        signal,
      ),
    optionContracts: async (underlying, expiry, signal) => {
      const params = { underlying_ticker: underlying, expiration_date: expiry, limit: 1000 }
      const path = '/v3/reference/options/contracts'
      // A listing holds either the contracts that have expired or those that have not.
      const expired = await list(readers.contracts, path, { ...params, expired: true }, signal)
      return expired.length > 0
        ? expired
        : list(readers.contracts, path, { ...params, expired: false }, signal)
    },
    chainSnapshot: (underlying, expiryTo, signal) =>
      list(
        readers.snapshots,
        `/v3/snapshot/options/${segmentOf(underlying)}`,
        { 'expiration_date.lte': expiryTo, limit: 250 },
        signal,
      ),
    quotes: (ticker, from, to, signal) =>
      list(
        readers.quotes,
        `/v3/quotes/${segmentOf(ticker)}`,
        { 'timestamp.gte': from, 'timestamp.lte': to, order: 'asc', sort: 'timestamp', limit: 50_000 },
        signal,
      ),
    splits: (ticker, signal) => list(readers.splits, '/v3/reference/splits', { ticker, limit: 1000 }, signal),
    dividends: (ticker, signal) =>
      list(readers.dividends, '/v3/reference/dividends', { ticker, limit: 1000 }, signal),
    findTickers: (text, signal) =>
      list(readers.tickers, '/v3/reference/tickers', { search: text, active: true, limit: 1000 }, signal),
    rate: limiter.state,
    requests: () => requests,
  }
}

/** A ticker in a path; the colon of I:VIX stays as the vendor writes it. */
const segmentOf = (ticker: string): string => encodeURIComponent(ticker).replaceAll('%3A', ':')

/** The next page on our own origin, without a key in its query. Throws NO_DATA where it lies on another machine. */
function nextPage(text: string, origin: string, path: string): URL {
  const next = URL.canParse(text, origin) ? new URL(text, origin) : null
  const own = new URL(origin)
  const isVendor = next !== null && vendorHosts.has(own.hostname) && vendorHosts.has(next.hostname)
  if (next === null || (next.origin !== origin && !isVendor)) {
    throw new SigmaError(
      'NO_DATA',
      `next_url of ${path} leads to ${next?.origin ?? 'no address'}, not to ${origin}: it was not followed`,
    )
  }
  const url = new URL(next.pathname + next.search, origin)
  url.searchParams.delete('apiKey')
  return url
}
