import type { FastifyInstance, FastifyRequest } from 'fastify'
import { pathOf } from './error-reply.ts'

export interface AuditEntry {
  user_id: number | null
  method: string
  path: string
  status: number
  pack_id: string | null
  model_id: string | null
}

const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Notes every state-changing request once it is answered, refused ones too. Never bodies, never secrets. */
export function keepAuditTrail(
  server: FastifyInstance,
  write: (entry: AuditEntry) => void,
  log: (line: string) => void,
): void {
  server.addHook('onResponse', async (request, reply) => {
    const { method, url } = request
    if (reads.has(method)) return
    try {
      write({
        user_id: request.actor?.id ?? null,
        method,
        path: pathOf(url).slice(0, 500),
        status: reply.statusCode,
        pack_id: mention(request, 'pack_id'),
        model_id: mention(request, 'model_id'),
      })
    } catch (error) {
      log(`audit of ${method} ${pathOf(url)} failed: ${String(error)}`)
    }
  })
}

function mention(request: FastifyRequest, name: 'pack_id' | 'model_id'): string | null {
  for (const part of [request.params, request.query, request.body]) {
    const value = (part as Record<string, unknown> | null | undefined)?.[name]
    if (typeof value === 'string') return value.slice(0, 100)
  }
  return null
}
