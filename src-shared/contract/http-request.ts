import type { Endpoint, Example } from './endpoint.ts'

/** One request as it goes over the wire; the body is JSON. */
export interface HttpRequest {
  method: string
  /** Path and query. */
  url: string
  body: string | undefined
}

/** The HTTP request of an operation; throws on a path parameter that is missing. */
export function toHttpRequest(endpoint: Endpoint, { params, query, body }: Example): HttpRequest {
  return {
    method: endpoint.method,
    url: requestUrl(endpoint.path, params, query),
    body: endpoint.body === undefined ? undefined : JSON.stringify(body ?? {}),
  }
}

/**
 * Fills `:name` parts of a contract path and appends the query. Undefined query values are left out, arrays are joined
 * with commas. Throws on a path parameter that is missing.
 */
export function requestUrl(
  path: string,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/:([a-z_]+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === '') throw new Error(`path parameter ${name} is missing in ${path}`)
    return encodeURIComponent(String(value))
  })
  const search = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return search.length === 0 ? filled : `${filled}?${search.join('&')}`
}
