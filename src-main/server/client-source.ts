import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract } from '#shared/contract/index.ts'
import { describeApi } from './openapi.ts'

interface Schema {
  $ref?: string
  type?: string | string[]
  description?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
}

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: Schema
}

interface Operation {
  operationId: string
  summary: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content: Record<string, { schema: Schema }> }>
}

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/**
 * The API as one TypeScript file without packages: types of every operation, and a `createClient` that calls them by name. It
 * is written from the OpenAPI document of this very host, so it fits its version.
 */
export function renderClient(version: string): string {
  const { paths, components } = describeApi(version) as unknown as Document
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema, '')}\n`,
  )
  const routes = Object.entries<Endpoint>(contract).map(
    ([id, { method, path }]) => `  ${id}: ['${method}', '${path}'],`,
  )
  return `// The API of Sigma Lab ${version} for TypeScript. Written by the host: fetch /client.ts again after an update.

${shapes.join('\n')}
/** What each operation takes and gives. */
export interface Operations {
${operations.map(describe).join('\n')}
}

export type OperationId = keyof Operations

const routes: Record<OperationId, readonly [method: string, path: string]> = {
${routes.join('\n')}
}
${runtime}`
}

function describe({ operationId, summary, parameters = [], requestBody, responses }: Operation): string {
  const among = (place: string) => parameters.filter((each) => each.in === place)
  const parts = [
    ['params', objectOf(among('path'))],
    ['query', objectOf(among('query'))],
    ['body', requestBody?.content['application/json']?.schema],
  ] as const
  const given = parts.filter((part): part is [(typeof part)[0], Schema] => part[1] !== undefined)
  const input: Schema = {
    type: 'object',
    properties: Object.fromEntries(given),
    required: given.filter(([, schema]) => (schema.required ?? []).length > 0).map(([name]) => name),
    additionalProperties: false,
  }
  const [reply] = Object.values(responses)
  const json = reply?.content['application/json']?.schema
  return `  /** ${summary}. */
  ${operationId}: {
    input: ${typeOf(input, '    ')}
    reply: ${json === undefined ? 'Response' : typeOf(json, '    ')}
  }`
}

function objectOf(parameters: readonly Parameter[]): Schema | undefined {
  if (parameters.length === 0) return undefined
  const properties = parameters.map(({ name, schema, description }) => [
    name,
    description === undefined ? schema : { ...schema, description },
  ])
  const required = parameters.filter((each) => each.required).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required,
    additionalProperties: false,
  }
}

/** A JSON schema as the TypeScript type of its values. */
function typeOf(schema: Schema, indent: string): string {
  const { $ref, type, items, anyOf, allOf } = schema
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')
  const join = (parts: Schema[], by: string) =>
    [...new Set(parts.map((each) => typeOf(each, indent)))].join(by)
  if (anyOf !== undefined) return join(anyOf, ' | ')
  if (allOf !== undefined) return join(allOf, ' & ')
  if (Array.isArray(type)) return type.map((each) => typeOf({ ...schema, type: each }, indent)).join(' | ')
  if (type === 'array') return `Array<${typeOf(items ?? {}, indent)}>`
  if (type === 'object') return recordOf(schema, indent)
  if (type === 'integer' || type === 'number') return 'number'
  return type ?? 'unknown'
}

function recordOf({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const rest =
    typeof additionalProperties === 'object'
      ? `Record<string, ${typeOf(additionalProperties, indent)}>`
      : 'Record<string, unknown>'
  const lines = Object.entries(properties).flatMap(([name, schema]) => {
    const comment = schema.description?.replaceAll('*/', '* /')
    const key = /^\w+$/.test(name) ? name : JSON.stringify(name)
    const mark = required.includes(name) ? '' : '?'
    return [
      ...(comment === undefined ? [] : [`${indent}  /** ${comment} */`]),
      `${indent}  ${key}${mark}: ${typeOf(schema, `${indent}  `)}`,
    ]
  })
  if (lines.length === 0) return additionalProperties === false ? 'Record<string, never>' : rest
  return `{\n${lines.join('\n')}\n${indent}}`
}

const runtime = String.raw`
/** What the host says is wrong: its code, its message, and the HTTP status. */
export class SigmaLabError extends Error {
  readonly code: ErrorReply['error']['code']
  readonly status: number
  readonly details: Record<string, unknown> | undefined

  constructor(status: number, { code, message, details }: ErrorReply['error']) {
    super(message)
    this.name = 'SigmaLabError'
    this.code = code
    this.status = status
    this.details = details
  }
}

export interface ClientOptions {
  /** Where the host answers. */
  origin?: string
  /** The text of the file .token of the workspace; needed for /admin and under --auth always. */
  token?: string
}

type Call = <K extends OperationId>(
  operationId: K,
  ...input: {} extends Operations[K]['input'] ? [input?: Operations[K]['input']] : [input: Operations[K]['input']]
) => Promise<Operations[K]['reply']>

/** A function that calls operations by name; it rejects with a SigmaLabError. Streams and files come as a Response. */
export function createClient({ origin = 'http://127.0.0.1:8001', token }: ClientOptions = {}): Call {
  return async (operationId, ...[input]) => {
    const [method, path] = routes[operationId]
    const { params = {}, query = {}, body } = (input ?? {}) as Record<string, Record<string, unknown> | undefined>
    const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
    const search = Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => name + '=' + encodeURIComponent(String(value)))
    const response = await fetch(origin + filled + (search.length === 0 ? '' : '?' + search.join('&')), {
      method,
      headers: {
        accept: operationId === 'streamEvents' ? 'text/event-stream' : 'application/json',
        ...(token === undefined ? {} : { authorization: 'Bearer ' + token }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new SigmaLabError(response.status, ((await response.json()) as ErrorReply).error)
    return (response.headers.get('content-type')?.startsWith('application/json')
      ? response.json()
      : response) as never
  }
}
`
