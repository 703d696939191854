import { setTimeout as sleep } from 'node:timers/promises'
import { type ErrorCode, SigmaError } from '#shared/errors.ts'
import type { Random } from '#shared/kernels/random.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { VendorSettings } from './vendor-settings.ts'

export interface SendOptions {
  settings: VendorSettings
  limiter: RateLimiter
  random: Random
  /** Longest that one attempt may take. */
  timeoutMs: number
  /** Wait before the second attempt; doubled for each one after it. */
  backoffMs: number
}

const mostAttempts = 6
const longestWaitMs = 60_000
/** A vendor that asks for a longer pause is told of instead of waited for. */
const longestPauseMs = 300_000
const mostMessage = 300

type Outcome = { body: unknown } | { retryAfterMs: number | null; error: SigmaError }

/**
 * Fetches one page as JSON, the key in a header. Waits for a place in the plan's queue, tries again on 429, 5xx, broken
 * connections and unreadable replies with exponential backoff and jitter, and throws a SigmaError in which the key does not occur.
 */
export async function sendRequest(url: URL, options: SendOptions, signal: AbortSignal): Promise<unknown> {
  const { limiter, random, backoffMs } = options
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(url, options, signal)
    if ('body' in outcome) return outcome.body
    if (outcome.retryAfterMs !== null && outcome.retryAfterMs > longestPauseMs) throw outcome.error
    if (attempt === mostAttempts) throw outcome.error
    const jitter = 0.5 + random.next() / 2
    const backoff = Math.min(backoffMs * 2 ** (attempt - 1), longestWaitMs) * jitter
    if (outcome.retryAfterMs !== null) limiter.pause(outcome.retryAfterMs)
    await sleep(Math.max(backoff, outcome.retryAfterMs ?? 0), undefined, { signal }).catch(() => {
      throw canceled()
    })
  }
}

/** One attempt: a body, a failure to try again after, or a throw for what no second attempt can mend. */
async function attemptOnce(
  url: URL,
  { settings, limiter, timeoutMs }: SendOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  const { key, origin } = settings
  if (url.origin !== origin) throw new SigmaError('INTERNAL', `${url.origin} is not the vendor's ${origin}`)
  const release = await limiter.take(signal)
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${key}`, accept: 'application/json' },
      // A redirect could lead elsewhere, and the key must not.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    // Some vendors repeat the key in their messages: nothing of it gets past this line.
    const text = (await response.text()).replaceAll(key, '***')
    if (response.ok) {
      const body = parseJson(text)
      return body === undefined ? again(`sent an unreadable reply to ${url.pathname}`) : { body }
    }
    return refusal(response, text, url)
  } catch (error) {
    if (signal.aborted) throw canceled()
    if (error instanceof SigmaError) throw error
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return again(
      isLate
        ? `did not answer ${url.pathname} within ${timeoutMs / 1000} s`
        : `could not be reached for ${url.pathname}${reasonOf(error, key)}`,
    )
  } finally {
    release()
  }
}

function refusal(response: Response, text: string, url: URL): Outcome {
  const { status } = response
  const message = messageIn(text)
  const about = `${url.pathname}${message === '' ? '' : `: ${message}`}`
  if (status === 429) {
    const error = new SigmaError(
      'QUOTA_EXCEEDED',
      `the vendor's limit of requests is used up (429) at ${about}`,
    )
    return { retryAfterMs: retryAfter(response.headers.get('retry-after')), error }
  }
  if (status >= 500) return again(`failed (${status}) at ${about}`)
  if (status === 401) throw refused('INVALID_PARAM', `POLYGON_API_KEY was refused (401) at ${about}`)
  if (status === 403) {
    throw refused('NO_DATA', `the vendor's plan does not include this data (403) at ${about}`)
  }
  if (status === 404) throw refused('NO_DATA', `the vendor knows nothing (404) at ${about}`)
  throw refused('NO_DATA', `the vendor answered ${status} at ${about}`)
}

function again(what: string): Outcome {
  return { retryAfterMs: null, error: new SigmaError('NO_DATA', `the vendor ${what}`) }
}

const refused = (code: ErrorCode, message: string): SigmaError => new SigmaError(code, message)
const canceled = (): SigmaError => new SigmaError('CANCELED', 'the request to the vendor was canceled')

/** Seconds or an HTTP date, in ms from now; null where there is neither. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now())
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the vendor says is wrong: its `error` or `message`, on one line. */
function messageIn(text: string): string {
  const body = parseJson(text)
  if (typeof body !== 'object' || body === null) return ''
  const { error, message } = body as Record<string, unknown>
  const said = [error, message].find((each) => typeof each === 'string') ?? ''
  return String(said).replaceAll(/\s+/g, ' ').slice(0, mostMessage)
}

/** The system's name of what went wrong, such as ECONNREFUSED. */
function reasonOf(error: unknown, key: string): string {
  const cause = error instanceof Error ? error.cause : undefined
  const code = (cause as { code?: unknown } | undefined)?.code
  return typeof code === 'string' ? ` (${code.replaceAll(key, '***')})` : ''
}
