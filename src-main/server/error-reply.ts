import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorCode, SigmaError } from '#shared/errors.ts'
import { describeInvalid } from './validation.ts'

export interface ErrorBody {
  ok: false
  error: { code: ErrorCode; message: string; details?: Record<string, unknown> }
}

/** Turns whatever was thrown into the documented error reply; the unforeseen is logged and masked. */
export function replyWithError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: (line: string) => void,
): void {
  const error = asSigmaError(thrown)
  if (error.code === 'INTERNAL') {
    log(`${request.method} ${pathOf(request.url)} failed: ${describeCause(thrown)}`)
  }
  reply
    .code(error.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(errorBody(error)))
}

export function errorBody(error: SigmaError): ErrorBody {
  const { code, details } = error
  if (code === 'INTERNAL')
    return { ok: false, error: { code, message: 'something went wrong inside; the log says what' } }
  return { ok: false, error: { code, message: error.message, ...(details === undefined ? {} : { details }) } }
}

/** Path without its query: queries may carry a one-time key. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}

function asSigmaError(thrown: unknown): SigmaError {
  if (thrown instanceof SigmaError) return thrown
  const error = thrown as Partial<FastifyError> & { code?: string }
  if (error.validation !== undefined)
    return describeInvalid(error.validation, error.validationContext ?? 'body')
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new SigmaError('PAYLOAD_TOO_LARGE', 'the body is larger than 1 MiB')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_TYPE':
      return new SigmaError('UNSUPPORTED_MEDIA_TYPE', 'bodies are JSON: send Content-Type: application/json')
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return new SigmaError('STORAGE_FULL', 'the disk is full; nothing was stored', { cause: thrown })
  }
  const status = error.statusCode ?? 500
  if (status === 404) return new SigmaError('NOT_FOUND', error.message ?? 'not found')
  if (status >= 400 && status < 500) {
    return new SigmaError('INVALID_PARAM', lowerFirst(error.message ?? 'the request is malformed'))
  }
  return new SigmaError('INTERNAL', 'unforeseen', { cause: thrown })
}

function describeCause(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
