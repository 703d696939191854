import { type BrowserContext, test as base, expect } from '@playwright/test'

/** On a test in which the host refuses a request on purpose: the browser logs each such reply by itself. */
const REFUSED = '@refused'
const refusal = /^Failed to load resource: the server responded with a status of [45]\d\d/
/** What a browser logs of requests whose host was closed under them, or that a spec holds back; what the page then says is what specs look at. */
const gone =
  /^Failed to load resource: net::ERR_(FAILED|ABORTED|CONNECTION_\w+|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)$/
/** Addresses that stay on this machine; a saved report is a file. */
const isHere = (url: string): boolean =>
  /^(data|blob|file):/.test(url) || new URL(url).hostname === '127.0.0.1'

/** Collects what no page may do: speak to another host, log an error or a warning, or throw. */
export function watchContext(context: BrowserContext): string[] {
  const faults: string[] = []
  context.on('request', (request) => {
    if (!isHere(request.url())) faults.push(`asked ${request.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', (thrown) => faults.push(`threw ${thrown.error().message}`))
  return faults
}

/** The test of every spec in `test/e2e`: it fails where a page of its context complained or spoke to another host. */
export const test = base.extend<{ watched: undefined }>({
  watched: [
    async ({ context }, use, { tags }) => {
      const faults = watchContext(context)
      await use(undefined)
      const isExpected = (fault: string) => {
        const text = fault.replace('console: ', '')
        return gone.test(text) || (tags.includes(REFUSED) && refusal.test(text))
      }
      expect(faults.filter((fault) => !isExpected(fault))).toEqual([])
    },
    { auto: true },
  ],
})

/** Reply of the host to a GET, or to a POST where a body is given; a refusal fails the test. */
export async function askHost<T>(hostUrl: string, path: string, body?: unknown): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const reply = await fetch(hostUrl + path, init)
  expect(reply.ok, path).toBe(true)
  return (await reply.json()) as T
}
