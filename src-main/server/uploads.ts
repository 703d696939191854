import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Upload } from '#main/services/index.ts'
import { SigmaError } from '#shared/errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    upload: Upload | null
  }
}

/** Connections on which a file is arriving: their requests may take longer than others. */
const uploading = new WeakSet<object>()
/** How long a client may go on sending a file that has been refused: it must be able to read the reply. */
const refusedMs = 5000

/** True where a request is slow because it carries a file; whoever reads it gives up when nothing more comes. */
export const isUploading = (socket: object): boolean => uploading.has(socket)

/** Streams bodies of the given media types to the handler of the routes of this scope, unread and of any length. */
export function acceptUploads(scope: FastifyInstance, types: readonly string[]): void {
  scope.addContentTypeParser([...types], (request, stream, done) => {
    const [type = ''] = (request.headers['content-type'] ?? '').split(';')
    request.upload = { type: type.trim().toLowerCase(), stream }
    const { socket } = request.raw
    uploading.add(socket)
    stream.once('close', () => uploading.delete(socket))
    done(null, null)
  })
  scope.addHook('onResponse', async ({ raw, upload }) => {
    if (upload === null) return
    uploading.delete(raw.socket)
    if (raw.complete === false) setTimeout(() => raw.socket.destroy(), refusedMs).unref()
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
