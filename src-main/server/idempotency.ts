import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { FastifyInstance } from 'fastify'
import { SigmaError } from '#shared/errors.ts'

/** Replies by key, kept in the ledger. */
export interface IdempotencyStore {
  /**
   * Claims a key and gives undefined, or gives the stored reply.
   * @throws IDEMPOTENCY_MISMATCH if the key came with another request, CONFLICT while the first is still being answered
   */
  begin: (
    operation: string,
    key: string,
    requestSha: string,
  ) => { status: number; reply: unknown } | undefined
  finish: (operation: string, key: string, status: number, reply: unknown) => void
  /** Frees a key whose request failed, so that it may be tried again. */
  release: (operation: string, key: string) => void
  /** Frees the claims of a host that died and forgets replies from before a time, ISO 8601 UTC. */
  sweepOut: (before: string) => void
}

const keptMs = 7 * 24 * 60 * 60 * 1000

declare module 'fastify' {
  interface FastifyRequest {
    idempotency: { operation: string; key: string } | null
  }
}

/** Honours `Idempotency-Key` on POST: a repeated request gets the first reply, and is not done twice. */
export function honourIdempotencyKeys(server: FastifyInstance, store: IdempotencyStore): void {
  server.decorateRequest('idempotency', null)
  store.sweepOut(new Date(Date.now() - keptMs).toISOString())

  server.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    const { operationId } = request.routeOptions.config
    if (request.method !== 'POST' || key === undefined || operationId === undefined) return
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
      throw new SigmaError('INVALID_PARAM', 'Idempotency-Key must be 1 to 200 visible ASCII characters')
    }
    const operation = `${request.actor?.id ?? 'local'}:${operationId}`
    const { params, body = null } = request
    const sha = createHash('sha256')
      .update(canonicalize({ params, body }) ?? '')
      .digest('hex')
    const known = store.begin(operation, key, sha)
    if (known === undefined) {
      request.idempotency = { operation, key }
      return
    }
    return reply
      .code(known.status)
      .header('idempotent-replayed', 'true')
      .type('application/json; charset=utf-8')
      .send(String(known.reply))
  })

  server.addHook('onSend', async (request, reply, payload) => {
    const claim = request.idempotency
    if (claim === null) return
    request.idempotency = null
    // Stored before it is sent: a reply the client has seen is never worked out a second time.
    if (reply.statusCode < 300) {
      const kept = withoutSecret(String(payload), request.routeOptions.config.secret)
      store.finish(claim.operation, claim.key, reply.statusCode, kept)
    } else store.release(claim.operation, claim.key)
  })
}

/** What is shown once must not lie in the ledger. */
function withoutSecret(payload: string, secret: string | undefined): string {
  return secret === undefined ? payload : JSON.stringify({ ...JSON.parse(payload), [secret]: null })
}
