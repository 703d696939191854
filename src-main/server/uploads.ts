import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Upload } from '#main/services/index.ts'
import { SigmaError } from '#shared/errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    upload: Upload | null
  }
}

/** Streams bodies of the given media types to the handler of the routes of this scope, unread and of any length. */
export function acceptUploads(scope: FastifyInstance, types: readonly string[]): void {
  scope.addContentTypeParser([...types], (request, stream, done) => {
    const [type = ''] = (request.headers['content-type'] ?? '').split(';')
    request.upload = { type: type.trim().toLowerCase(), stream }
    done(null, null)
  })
}

/** A route that takes uploads checks by itself that there is exactly one source of what it needs. */
export function checkUpload(request: FastifyRequest, types: readonly string[]): void {
  if (request.upload !== null) {
    if (request.headers['idempotency-key'] !== undefined) {
      throw new SigmaError(
        'INVALID_PARAM',
        'Idempotency-Key is for JSON bodies: a streamed file is not read twice',
      )
    }
    return
  }
  if (typeof request.body !== 'object' || request.body === null) {
    throw new SigmaError(
      'INVALID_PARAM',
      `the body must be a JSON object, or a file as ${types.join(' or ')}`,
    )
  }
  const [extra] = Object.keys(request.query as object)
  if (extra !== undefined) {
    throw new SigmaError(
      'INVALID_PARAM',
      `${extra} belongs into the JSON body: the query is for streamed files`,
    )
  }
}
