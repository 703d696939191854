import { Agent, request } from 'node:http'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract } from '#shared/contract/index.ts'
import { stands } from './odd-values.ts'
import { lookUp, type Pools, type Step } from './plan.ts'

export interface Sent {
  method: string
  path: string
  body: string | Buffer | undefined
}

export interface Answer {
  status: number
  type: string
  text: string
  ms: number
  replayed: boolean
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 })
export const closeConnections = () => agent.destroy()

/** The request of a step as it goes over the wire. */
export function compose(step: Step, pools: Pools): Sent {
  const endpoint: Endpoint = contract[step.operation]
  const params = lookUp(step.params, pools) as Record<string, unknown>
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encode(params[name]))
  const query = Object.entries(lookUp(step.query, pools) as object).filter(([, value]) => value !== undefined)
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  const body = step.raw ?? (step.body === undefined ? undefined : toJson(lookUp(step.body, pools)))
  return {
    method: step.method ?? endpoint.method,
    path: `${path}${search === '' ? '' : `?${search}`}${step.suffix ?? ''}`,
    body,
  }
}

/** Sends a request and waits for all of the answer, for the head alone where it is an event stream. */
export function send(url: string, sent: Sent, headers: Record<string, string>): Promise<Answer> {
  const { method, path, body } = sent
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    // A length of its own, unless the transfer is asked to be chunked: Node leaves both out for a GET.
    const length =
      body === undefined || 'transfer-encoding' in headers
        ? {}
        : { 'content-length': Buffer.byteLength(body) }
    const call = request(
      `${url}`,
      { agent, method, path, headers: { ...type, ...length, ...headers } },
      (reply) => {
        const chunks: Buffer[] = []
        const finish = () =>
          resolve({
            status: reply.statusCode ?? 0,
            type: String(reply.headers['content-type']),
            text: Buffer.concat(chunks).toString(),
            ms: performance.now() - began,
            replayed: reply.headers['idempotent-replayed'] === 'true',
          })
        if (String(reply.headers['content-type']).includes('event-stream')) {
          finish()
          call.destroy()
          return
        }
        reply.on('data', (chunk: Buffer) => chunks.push(chunk))
        reply.on('end', finish)
        reply.on('error', reject)
      },
    )
    call.setTimeout(60_000, () => call.destroy(new Error('no answer within 60 s')))
    call.on('error', reject)
    call.end(body)
  })
}

function toJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null'
  return text.includes('@@')
    ? text.replace(/"(@@[a-z ]+@@)"/g, (whole, name: string) => stands[name] ?? whole)
    : text
}

const encode = (value: unknown) =>
  encodeURIComponent(String(typeof value === 'object' ? JSON.stringify(value) : value).toWellFormed())
