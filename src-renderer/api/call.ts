import type { Example } from '#shared/contract/endpoint.ts'
import { type HttpRequest, requestUrl, toHttpRequest } from '#shared/contract/http-request.ts'
import { contract, type InputOf, type OperationId, type ReplyOf } from '#shared/contract/index.ts'
import { type ErrorCode, errorStatus, SigmaError } from '#shared/errors.ts'

/** The HTTP request behind an operation; also what "copy as curl" prints. */
export const toRequest = <K extends OperationId>(operationId: K, input: InputOf<K>): HttpRequest =>
  toHttpRequest(contract[operationId], input as Example)

/** One call of the REST API. Rejects with the host's own SigmaError, or INTERNAL when nothing answers. */
export async function call<K extends OperationId>(
  operationId: K,
  input: InputOf<K>,
  signal?: AbortSignal,
): Promise<ReplyOf<K>> {
  const { method, url, body } = toRequest(operationId, input)
  return ask(url, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  }) as Promise<ReplyOf<K>>
}

/** Signs this browser in as the holder of a token; its cookie then stands for them. */
export async function signIn(token: string): Promise<ReplyOf<'openSession'>> {
  const { method, path } = contract.openSession
  return ask(path, { method, headers: { authorization: `Bearer ${token}` } }) as Promise<
    ReplyOf<'openSession'>
  >
}

/** Streams a file to an operation that takes one, with the other fields in the query. */
export async function uploadFile<K extends OperationId>(
  operationId: K,
  query: Record<string, unknown>,
  file: File,
): Promise<ReplyOf<K>> {
  const { method, path } = contract[operationId]
  // What the host is told to expect: anything that is not Parquet is read as text.
  const type = /\.(parquet|pq)$/i.test(file.name) ? 'application/octet-stream' : 'text/csv'
  const init = { method, headers: { 'content-type': type }, body: file }
  return ask(requestUrl(path, {}, query), init) as Promise<ReplyOf<K>>
}

async function ask(url: string, init: RequestInit): Promise<unknown> {
  const response = await send(url, { credentials: 'same-origin', ...init })
  const reply: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw errorOf(reply, response.status)
  return reply
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
