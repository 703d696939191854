import { SigmaError } from '#shared/errors.ts'
import { fromJson, toJson } from './json-column.ts'
import type { Clock, Query } from './query.ts'

interface Stored {
  request_sha: string
  status: number | null
  reply: string | null
}

/** Replies by idempotency key: a repeated request gets the first one's reply. */
export function createIdempotencyKeys({ get, run, transaction }: Query, clock: Clock) {
  return {
    /**
     * Claims a key and returns undefined, or returns the stored reply. IDEMPOTENCY_MISMATCH if the key came with another request,
     * CONFLICT while the first is still being answered.
     */
    begin(
      operation: string,
      key: string,
      request_sha: string,
    ): { status: number; reply: unknown } | undefined {
      return transaction(() => {
        const known = get<Stored>(
          'SELECT request_sha, status, reply FROM idempotency_keys WHERE operation = ? AND key = ?',
          operation,
          key,
        )
        if (!known) {
          run(
            'INSERT INTO idempotency_keys (operation, key, request_sha, created_at) VALUES (?, ?, ?, ?)',
            operation,
            key,
            request_sha,
            clock(),
          )
          return undefined
        }
        if (known.request_sha !== request_sha) {
          throw new SigmaError('IDEMPOTENCY_MISMATCH', `idempotency key ${key} was used with another request`)
        }
        if (known.status === null || known.reply === null) {
          throw new SigmaError(
            'CONFLICT',
            `the first request with idempotency key ${key} is still being answered`,
          )
        }
        return { status: known.status, reply: fromJson(known.reply) }
      })
    },
    finish(operation: string, key: string, status: number, reply: unknown): void {
      run(
        'UPDATE idempotency_keys SET status = ?, reply = ? WHERE operation = ? AND key = ?',
        status,
        toJson(reply),
        operation,
        key,
      )
    },
    /** Gives up a claim, so that the request may be tried again. */
    release(operation: string, key: string): void {
      run('DELETE FROM idempotency_keys WHERE operation = ? AND key = ? AND status IS NULL', operation, key)
    },
    /** At start: claims of a host that died are nobody's, and replies older than `before` are forgotten. */
    sweepOut(before: string): void {
      run('DELETE FROM idempotency_keys WHERE status IS NULL OR created_at < ?', before)
    },
  }
}
