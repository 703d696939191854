import type { HttpRequest } from '#renderer/api/call.ts'

const shellQuote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A shell command that makes the request. */
export function requestAsCurl(origin: string, { method, url, body }: HttpRequest): string {
  const target = shellQuote(origin + url)
  if (body === undefined) return method === 'GET' ? `curl ${target}` : `curl -X ${method} ${target}`
  return `curl -X ${method} ${target} \\\n  -H 'content-type: application/json' \\\n  -d ${shellQuote(body)}`
}

/** The same with Python's standard library alone. */
export function requestAsPython(origin: string, { method, url, body }: HttpRequest): string {
  const data = body === undefined ? '' : `, data=${JSON.stringify(body)}.encode()`
  const headers = body === undefined ? '' : ', headers={"content-type": "application/json"}'
  return [
    'import json, urllib.request',
    `request = urllib.request.Request(${JSON.stringify(origin + url)}, method="${method}"${data}${headers})`,
    'print(json.load(urllib.request.urlopen(request)))',
  ].join('\n')
}
