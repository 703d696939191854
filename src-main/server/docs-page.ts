import type { TSchema } from 'typebox'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { toHttpRequest } from '#shared/contract/http-request.ts'
import { contract } from '#shared/contract/index.ts'
import { requestAsCurl, requestAsPython } from '#shared/contract/request-snippets.ts'
import { errorStatus } from '#shared/errors.ts'
import { anchorOf, escapeHtml, pageStyle } from './page-style.ts'

const exampleOrigin = 'http://127.0.0.1:8001'

/** The API as one page of HTML that works offline: no script, no outside file. */
export function renderDocsPage(version: string): string {
  const byTag = Map.groupBy(Object.entries<Endpoint>(contract), ([, { tag }]) => tag)
  const contents = [...byTag].map(
    ([tag, entries]) =>
      `<li><a href="#${anchorOf(tag)}">${escapeHtml(tag)}</a> <span>${entries.length}</span></li>`,
  )
  const sections = [...byTag].map(
    ([tag, entries]) =>
      `<section id="${anchorOf(tag)}"><h2>${escapeHtml(tag)}</h2>${entries.map(([id, each]) => renderEndpoint(id, each)).join('')}</section>`,
  )
  const codes = Object.entries(errorStatus).map(
    ([code, status]) => `<tr><td><code>${code}</code></td><td>${status}</td></tr>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sigma Lab API</title><style>${pageStyle}${docsStyle}</style></head><body>
<nav><h1>Sigma Lab API</h1><p>Version ${escapeHtml(version)} · <a href="/openapi.json">OpenAPI 3.1</a> · <a href="/client.ts">TypeScript client</a> · <a href="/guide/methods">Methods guide</a> · <a href="/">Workstation</a></p>
<ul>${contents.join('')}<li><a href="#errors">Errors</a></li></ul></nav>
<main><p>Bodies and replies are JSON. Every reply carries <code>ok</code>. Times are UTC, shares are fractions, a missing number is
<code>null</code>. <code>POST</code> takes an <code>Idempotency-Key</code>: the same key with the same body gives the same reply.
Where a token is asked for, send the content of the workspace’s <code>.token</code> as <code>Authorization: Bearer …</code>.</p>
${sections.join('\n')}
<section id="errors"><h2>Errors</h2><pre>{ "ok": false, "error": { "code", "message", "details"? } }</pre>
<table><thead><tr><th>Code</th><th>Status</th></tr></thead><tbody>${codes.join('')}</tbody></table></section></main></body></html>`
}

function renderEndpoint(id: string, endpoint: Endpoint): string {
  const { method, path, summary, description, params, query, body, reply, kind } = endpoint
  return `<article id="${id}"><h3><b class="${method.toLowerCase()}">${method}</b> <code>${escapeHtml(path)}</code></h3>
<p>${escapeHtml(summary)}. ${description === undefined ? '' : escapeHtml(description)}</p>
${renderFields('Path', params)}${renderFields('Query', query)}${renderFields('Body', body)}
${kind === 'sse' ? '<p>Replies with a stream of server-sent events.</p>' : renderFields('Reply', reply)}
${renderExample(endpoint)}</article>`
}

/** Ready to be pasted; a token is added where the operation asks for one. */
function renderExample(endpoint: Endpoint): string {
  const request = toHttpRequest(endpoint, endpoint.example ?? {})
  const needsToken = endpoint.role === 'admin'
  const snippets = [
    requestAsCurl(exampleOrigin, request, needsToken),
    requestAsPython(exampleOrigin, request, needsToken),
  ]
  return `<details><summary>curl, Python</summary>${snippets.map((text) => `<pre>${escapeHtml(text)}</pre>`).join('')}</details>`
}

interface Field {
  type?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  anyOf?: Field[]
  items?: Field
}

function renderFields(title: string, schema: TSchema | undefined): string {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, Field>
    required?: string[]
  }
  const rows = Object.entries(properties).map(([name, field]) => {
    const need = required.includes(name) ? '' : ' <i>optional</i>'
    const fallback =
      field.default === undefined ? '' : ` Default <code>${escapeHtml(JSON.stringify(field.default))}</code>.`
    return `<tr><td><code>${escapeHtml(name)}</code>${need}</td><td>${escapeHtml(typeOf(field))}</td><td>${escapeHtml(field.description ?? '')}${fallback}</td></tr>`
  })
  if (rows.length === 0) return ''
  return `<table><thead><tr><th>${title}</th><th>Type</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function typeOf(field: Field): string {
  if (field.enum !== undefined) return field.enum.join(' | ')
  if (field.const !== undefined) return String(field.const)
  if (field.anyOf !== undefined) return field.anyOf.map(typeOf).join(' | ')
  if (field.type === 'array') return `list of ${typeOf(field.items ?? {})}`
  return field.type ?? 'any'
}

const docsStyle = `
article{border-top:1px solid #8884;padding:.5rem 0}h3{margin:.5rem 0;font-weight:500}
b{font-size:.75rem;padding:.15rem .4rem;border-radius:.25rem;background:#8883}b.get{background:#2a74}b.post{background:#27c4}b.patch,b.put{background:#a724}
i{opacity:.6;font-size:.8rem}
details{margin:.5rem 0}summary{cursor:pointer;font-size:.8rem;opacity:.7}details pre{background:#8881;padding:.6rem;border-radius:.25rem;white-space:pre-wrap;overflow-wrap:anywhere}`
