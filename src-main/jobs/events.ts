import type { EventLog } from '#main/ledger/events.ts'
import type { EventMessage } from '#shared/contract/jobs.ts'

export interface NewEvent {
  type: EventMessage['type']
  data: Record<string, unknown>
  /** Not kept beyond the memory of the host: the next one says more. */
  transient?: boolean
}

export type Events = ReturnType<typeof createEvents>

const ringSize = 2000
const idBlock = 1000
const keptInLedger = 10_000

/**
 * Tells subscribers what is new, and can tell it again to a client that lost its connection. Ids rise by one, and across restarts
 * too: they are taken from the ledger in blocks, so an id is never given twice. Without a log all is forgotten at the end.
 */
export function createEvents({ log, clock }: { log: EventLog | null; clock: () => string }) {
  const listeners = new Set<(event: EventMessage) => void>()
  const ring: EventMessage[] = []
  let next = 1
  let blockEnd = log ? 0 : Number.POSITIVE_INFINITY
  log?.prune(keptInLedger)

  function takeId(): number {
    if (log && next > blockEnd) {
      next = log.reserve(idBlock) + 1
      blockEnd = next + idBlock - 1
    }
    return next++
  }

  return {
    publish({ type, data, transient = false }: NewEvent): number {
      const event: EventMessage = { id: takeId(), type, at: clock(), data }
      if (!transient) log?.add(event)
      ring.push(event)
      if (ring.length > ringSize) ring.splice(0, ring.length - ringSize)
      for (const listener of listeners) listener(event)
      return event.id
    },
    /** Calls `listener` with each event from now on, until the returned function is called. */
    subscribe(listener: (event: EventMessage) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Everything still known after an id, oldest first. */
    replay(afterId: number): EventMessage[] {
      const inMemory = ring.filter(({ id }) => id > afterId)
      const oldest = ring[0]?.id ?? Number.POSITIVE_INFINITY
      if (!log || afterId + 1 >= oldest) return inMemory
      const stored = log.list(afterId, keptInLedger).filter(({ id }) => id < oldest)
      return [...stored, ...inMemory]
    },
  }
}
