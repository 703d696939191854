import type { JobError, StoredJob } from '#main/ledger/jobs.ts'
import { SigmaError } from '#shared/errors.ts'

/** How a job ended. */
export interface JobEnd {
  status: 'completed' | 'failed' | 'canceled'
  error: JobError | null
  result?: unknown
}

/** Those who wait for the end of a job. */
export function createWaiters() {
  const waiting = new Map<number, PromiseWithResolvers<unknown>[]>()

  function take(id: number): PromiseWithResolvers<unknown>[] {
    const found = waiting.get(id) ?? []
    waiting.delete(id)
    return found
  }

  return {
    wait({ id, row: { status, title }, error, result }: StoredJob): Promise<unknown> {
      const each = Promise.withResolvers<unknown>()
      if (status === 'queued' || status === 'running') waiting.set(id, [...(waiting.get(id) ?? []), each])
      else tell(each, title, { status, error, result })
      return each.promise
    },
    settle(id: number, title: string, end: JobEnd): void {
      for (const each of take(id)) tell(each, title, end)
    },
    rejectAll(error: SigmaError): void {
      for (const id of [...waiting.keys()]) for (const { reject } of take(id)) reject(error)
    },
  }
}

function tell({ resolve, reject }: PromiseWithResolvers<unknown>, title: string, end: JobEnd): void {
  if (end.status === 'completed') resolve(end.result)
  else if (end.error) {
    const { code, message, details } = end.error
    reject(new SigmaError(code, message, details ? { details } : {}))
  } else reject(new SigmaError('CANCELED', `${title} was canceled`))
}
