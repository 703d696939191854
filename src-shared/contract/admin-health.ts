import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { NumberOrNull } from './schemas.ts'

export const adminHealth = {
  getAdminHealth: defineEndpoint({
    tag: 'Admin',
    role: 'admin',
    method: 'GET',
    path: '/admin/health',
    summary: 'State of ledger, schema, cache, worker threads and disk',
    description:
      'Size of the write-ahead log, free space, schema version, what the caches hold and what the threads do.',
    reply: Type.Object({
      db: Type.Object({
        ok: Type.Boolean({ description: 'The quick check of SQLite found nothing' }),
        faults: Type.Array(Type.String()),
        bytes: Type.Integer(),
        wal_bytes: Type.Integer(),
        page_count: Type.Integer(),
        page_size: Type.Integer(),
        free_pages: Type.Integer(),
      }),
      migrations: Type.Object({ current: Type.Integer(), applied: Type.Array(Type.String()) }),
      cache: Type.Object({ bytes: Type.Integer(), files: Type.Integer() }),
      workers: Type.Object({
        threads: Type.Integer({ description: 'At most' }),
        busy: Type.Integer(),
        queued: Type.Integer({ description: 'Pieces of work that wait for a thread' }),
      }),
      disk: Type.Object({ free_bytes: NumberOrNull, total_bytes: NumberOrNull }),
    }),
  }),
}
