import { SigmaError } from '#shared/errors.ts'

export interface VendorSettings {
  /** Secret: it leaves the program in one request header and nowhere else. */
  key: string
  /** Origin of every request, without a trailing slash. */
  origin: string
  /** Requests that the plan allows in any minute; Infinity where it has no limit. */
  perMinute: number
}

const defaultOrigin = 'https://api.polygon.io'
/** What the free plan allows. */
const freePerMinute = 5
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Reads POLYGON_API_KEY, POLYGON_BASE_URL and POLYGON_REQUESTS_PER_MINUTE (5 by default, 0 for no limit). Throws INVALID_PARAM for
 * what is no key, no usable address or no number, and without a key; no message repeats the key.
 */
export function readVendorSettings(env: Readonly<Record<string, string | undefined>>): VendorSettings {
  const key = env['POLYGON_API_KEY'] ?? ''
  if (key === '') {
    throw new SigmaError(
      'INVALID_PARAM',
      'POLYGON_API_KEY is not set: market data can only be fetched with a key of Polygon.io (Massive.com)',
    )
  }
  // Shorter ones could not be told from ordinary text where they are struck out of messages.
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) {
    throw new SigmaError('INVALID_PARAM', 'POLYGON_API_KEY must be 8 to 200 printable characters')
  }
  return { key, origin: readVendorOrigin(env), perMinute: readPerMinute(env) }
}

/** Where requests go. A path, a query or a name in POLYGON_BASE_URL is refused, and so is http to another machine. */
export function readVendorOrigin(env: Readonly<Record<string, string | undefined>>): string {
  const text = env['POLYGON_BASE_URL'] || defaultOrigin
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain =
    url !== null && url.pathname === '/' && url.search + url.hash + url.username + url.password === ''
  // Over plain http the key could be read on the way.
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname))
  if (isPlain && isSafe) return url.origin
  throw new SigmaError(
    'INVALID_PARAM',
    `POLYGON_BASE_URL must be an https address without a path, such as ${defaultOrigin}`,
  )
}

export function readPerMinute(env: Readonly<Record<string, string | undefined>>): number {
  const text = env['POLYGON_REQUESTS_PER_MINUTE'] || String(freePerMinute)
  const value = Number(text)
  if (!/^\d{1,6}$/.test(text)) {
    throw new SigmaError(
      'INVALID_PARAM',
      `POLYGON_REQUESTS_PER_MINUTE must be a whole number, 0 for no limit, got ${JSON.stringify(text)}`,
    )
  }
  return value === 0 ? Number.POSITIVE_INFINITY : value
}
