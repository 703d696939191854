import type { HttpRequest } from './http-request.ts'

const shellQuote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A shell command that makes the request. One that needs a token takes it from the file in the workspace. */
export function requestAsCurl(
  origin: string,
  { method, url, body }: HttpRequest,
  needsToken = false,
): string {
  const verb = method === 'GET' ? '' : `-X ${method} `
  const lines = [`curl ${verb}${shellQuote(origin + url)}`]
  if (needsToken) lines.push('-H "Authorization: Bearer $(cat .token)"')
  if (body !== undefined) lines.push("-H 'content-type: application/json'", `-d ${shellQuote(body)}`)
  return lines.join(' \\\n  ')
}

/** The same with Python's standard library alone. */
export function requestAsPython(
  origin: string,
  { method, url, body }: HttpRequest,
  needsToken = false,
): string {
  const data = body === undefined ? '' : `, data=${JSON.stringify(body)}.encode()`
  const headers = [
    ...(needsToken ? ['"Authorization": "Bearer " + open(".token").read().strip()'] : []),
    ...(body === undefined ? [] : ['"content-type": "application/json"']),
  ]
  const given = headers.length === 0 ? '' : `, headers={${headers.join(', ')}}`
  return [
    'import json, urllib.request',
    `request = urllib.request.Request(${JSON.stringify(origin + url)}, method="${method}"${data}${given})`,
    'print(json.load(urllib.request.urlopen(request)))',
  ].join('\n')
}
