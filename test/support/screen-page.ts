import { expect, type Page } from '@playwright/test'

/** Collects what a page of the host must never do: speak to another host, or complain. */
export function watchPage(page: Page, hostUrl: string): string[] {
  const faults: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(hostUrl) && !/^(data|blob):/.test(url)) faults.push(`asked ${url}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`threw ${error.message}`))
  return faults
}

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
