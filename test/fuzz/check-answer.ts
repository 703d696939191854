import { Compile, type Validator } from 'typebox/schema'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract, type OperationId } from '#shared/contract/index.ts'
import { errorStatus } from '#shared/errors.ts'
import type { Answer, Sent } from './send-step.ts'

const slowestMs = 10_000

const errorReply = Compile({
  type: 'object',
  required: ['ok', 'error'],
  properties: {
    ok: { const: false },
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { enum: Object.keys(errorStatus) },
        message: { type: 'string', minLength: 4 },
        details: { type: 'object' },
      },
    },
  },
})

interface Route {
  id: OperationId
  endpoint: Endpoint
  /** Of its path; literal segments before parameters. */
  matches: RegExp
  reply: Validator
}

const routes: Route[] = Object.entries<Endpoint>(contract)
  .map(([id, endpoint]) => ({
    id: id as OperationId,
    endpoint,
    matches: new RegExp(`^${endpoint.path.replace(/:\w+/g, '[^/?#]+')}$`),
    reply: Compile({ ...(endpoint.reply as object) }) as Validator,
  }))
  .sort((a, b) => Number(a.endpoint.path.includes(':')) - Number(b.endpoint.path.includes(':')))

/** The operation that a path is meant for, whatever a generator had in mind. */
export function operationOf({ method, path }: Pick<Sent, 'method' | 'path'>): Route | undefined {
  const plain = path.split(/[?#]/, 1)[0] ?? path
  return routes.find(({ endpoint, matches }) => endpoint.method === method && matches.test(plain))
}

/** What is wrong with an answer in words, or undefined. */
export function findFault(sent: Sent, { status, type, text, ms }: Answer): string | undefined {
  if (status >= 500) return `status ${status}`
  if (ms > slowestMs) return `took ${Math.round(ms)} ms`
  if (sent.method === 'HEAD' || type.includes('event-stream')) return undefined
  const route = operationOf(sent)
  if (status < 300 && route === undefined)
    return sent.method === 'GET' ? undefined : 'success where there is no operation'
  if (!type.includes('application/json')) return `the type of the reply is ${type}`
  const json = parse(text)
  if (json === undefined) return 'the reply is not JSON'
  if (status >= 400) return faultOf(errorReply, json) ?? wrongStatus(status, json)
  if (typeof json['ok'] !== 'boolean') return 'ok is missing'
  return route && faultOf(route.reply, json)
}

/** A code has one status; what is not even HTTP has its own. */
function wrongStatus(status: number, json: Record<string, unknown>): string | undefined {
  const { code } = json['error'] as { code: keyof typeof errorStatus }
  const isBrokenHttp = code === 'INVALID_PARAM' && [408, 414, 417, 431].includes(status)
  return errorStatus[code] === status || isBrokenHttp ? undefined : `${code} came with status ${status}`
}

function faultOf(shape: Validator, json: unknown): string | undefined {
  if (shape.Check(json)) return undefined
  const [, errors] = shape.Errors(json)
  return `the reply does not match: ${errors
    .slice(0, 3)
    .map(({ instancePath, message }) => `${instancePath} ${message}`)
    .join('; ')}`
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}
