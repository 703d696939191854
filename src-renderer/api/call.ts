import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract, type InputOf, type OperationId, type ReplyOf } from '#shared/contract/index.ts'
import { type ErrorCode, errorStatus, SigmaError } from '#shared/errors.ts'
import { requestUrl } from './request-url.ts'

interface AnyInput {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

export interface HttpRequest {
  method: string
  url: string
  body: string | undefined
}

/** The HTTP request behind an operation; also what "copy as curl" prints. */
export function toRequest<K extends OperationId>(operationId: K, input: InputOf<K>): HttpRequest {
  const endpoint: Endpoint = contract[operationId]
  const { params, query, body } = input as AnyInput
  return {
    method: endpoint.method,
    url: requestUrl(endpoint.path, params, query),
    body: endpoint.body === undefined ? undefined : JSON.stringify(body ?? {}),
  }
}

/** One call of the REST API. Rejects with the host's own SigmaError, or INTERNAL when nothing answers. */
export async function call<K extends OperationId>(
  operationId: K,
  input: InputOf<K>,
  signal?: AbortSignal,
): Promise<ReplyOf<K>> {
  const { method, url, body } = toRequest(operationId, input)
  const response = await send(url, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  })
  const reply: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw errorOf(reply, response.status)
  return reply as ReplyOf<K>
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new SigmaError('INTERNAL', 'the workstation does not answer; is it still running?', { cause })
  }
}

function errorOf(reply: unknown, status: number): SigmaError {
  const error = (
    reply as { error?: { code?: string; message?: string; details?: Record<string, unknown> } } | undefined
  )?.error
  const code =
    error?.code !== undefined && error.code in errorStatus ? (error.code as ErrorCode) : codeOf(status)
  const message = error?.message ?? `the workstation replied ${status} without a reason`
  return new SigmaError(code, message, error?.details === undefined ? {} : { details: error.details })
}

const codeOf = (status: number): ErrorCode =>
  (Object.entries(errorStatus).find(([, known]) => known === status)?.[0] as ErrorCode | undefined) ??
  'INTERNAL'
