import type { FastifyInstance, FastifyRequest } from 'fastify'
import { pathOf } from './error-reply.ts'

export interface AuditEntry {
  user_id: number | null
  method: string
  path: string
  status: number
  pack_id: string | null
  model_id: string | null
  /** What the path does not say. */
  details?: Record<string, unknown>
}

/** What an operation adds to the row of its request. */
export type AuditNote = Partial<Pick<AuditEntry, 'pack_id' | 'details'>>

/**
 * Writes the row of the request now. For operations on the ledger, inside the transaction that does the work: then neither is
 * there without the other.
 */
export type RecordAudit = (note?: AuditNote) => void

declare module 'fastify' {
  interface FastifyRequest {
    isRecorded: boolean
  }
}

const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Notes every state-changing request once it is answered, refused ones too. Never bodies, never secrets. */
export function keepAuditTrail(
  server: FastifyInstance,
  write: (entry: AuditEntry) => void,
  log: (line: string) => void,
): void {
  server.decorateRequest('isRecorded', false)
  server.addHook('onResponse', async (request, reply) => {
    const { method, url } = request
    // A recorded request that failed after all has lost its row with its transaction.
    if (
      reads.has(method) ||
      request.routeOptions.config.reads === true ||
      (request.isRecorded && reply.statusCode < 400)
    )
      return
    try {
      write(entryOf(request, reply.statusCode))
    } catch (error) {
      log(`audit of ${method} ${pathOf(url)} failed: ${String(error)}`)
    }
  })
}

/** The row of a request that is answered with a status. */
export function entryOf(request: FastifyRequest, status: number): AuditEntry {
  return {
    user_id: request.actor?.id ?? null,
    method: request.method,
    path: pathOf(request.url).slice(0, 500),
    status,
    pack_id: mention(request, 'pack_id'),
    model_id: mention(request, 'model_id'),
  }
}

function mention(request: FastifyRequest, name: 'pack_id' | 'model_id'): string | null {
  for (const part of [request.params, request.query, request.body]) {
    const value = (part as Record<string, unknown> | null | undefined)?.[name]
    if (typeof value === 'string') return value.slice(0, 100)
  }
  return null
}
