import type { Events } from '#main/jobs/events.ts'
import type { EventMessage } from '#shared/contract/jobs.ts'
import type { ServiceContext } from './context.ts'
import type { JobService } from './index.ts'

/** A client this far behind is let go; it comes back with the id of its last event and is told the rest. */
const mostWaiting = 1000

interface Dependencies extends Pick<ServiceContext, 'runner'> {
  events: Pick<Events, 'subscribe' | 'replay'>
}

/** Jobs as people see them, and the stream of what happens. */
export function createJobService({ runner, events }: Dependencies): JobService {
  return {
    async list({ status, limit = 50, offset = 0 }) {
      return runner.list({ status, limit, offset })
    },
    get: async (id) => ({ job: runner.get(id) }),
    cancel: async (id) => ({ job: await runner.cancel(id) }),
    events: (lastEventId, signal) => streamEvents(events, lastEventId, signal),
  }
}

async function* streamEvents(
  events: Dependencies['events'],
  lastEventId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<EventMessage> {
  const waiting: EventMessage[] = []
  let wake = (): void => {}
  // Subscribed before the replay is read, so that nothing falls between the two.
  const unsubscribe = events.subscribe((event) => {
    waiting.push(event)
    wake()
  })
  const stop = (): void => wake()
  signal.addEventListener('abort', stop)
  try {
    let last = 0
    if (lastEventId !== undefined && /^\d{1,15}$/.test(lastEventId)) {
      last = Number(lastEventId)
      for (const event of events.replay(last)) {
        if (signal.aborted) return
        last = event.id
        yield event
      }
    }
    while (!signal.aborted && waiting.length <= mostWaiting) {
      const event = waiting.shift()
      if (event === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      } else if (event.id > last) {
        yield event
      }
    }
  } finally {
    unsubscribe()
    signal.removeEventListener('abort', stop)
  }
}
