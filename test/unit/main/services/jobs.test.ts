import { describe, expect, it } from 'vitest'
import { createEvents } from '#main/jobs/events.ts'
import type { JobRunner } from '#main/jobs/job-runner.ts'
import { createJobService } from '#main/services/jobs.ts'
import type { EventMessage } from '#shared/contract/jobs.ts'

function start() {
  const events = createEvents({ log: null, clock: () => '2024-01-02T00:00:00Z' })
  const service = createJobService({ events, runner: {} as JobRunner })
  const leaving = new AbortController()
  const listen = (lastEventId?: string) => service.events(lastEventId, leaving.signal)[Symbol.asyncIterator]()
  const publish = () => events.publish({ type: 'data', data: {} })
  return { publish, listen, leave: () => leaving.abort() }
}

const idOf = async (next: Promise<IteratorResult<EventMessage>>) => (await next).value?.id

describe('the event stream', () => {
  it('gives a new client what happens from now on', async () => {
    const { publish, listen } = start()
    publish()
    const stream = listen()
    const next = stream.next()
    publish()
    expect(await idOf(next)).toBe(2)
  })

  it('gives a returning client what it missed, then the rest, each event once', async () => {
    const { publish, listen } = start()
    for (let i = 0; i < 3; i++) publish()
    const stream = listen('1')
    expect(await idOf(stream.next())).toBe(2)
    // Published between two reads of the replay: known to both the replay and the live queue.
    publish()
    expect(await idOf(stream.next())).toBe(3)
    expect(await idOf(stream.next())).toBe(4)
    const next = stream.next()
    publish()
    expect(await idOf(next)).toBe(5)
  })

  it('takes an id that is no number as a new client', async () => {
    const { publish, listen } = start()
    publish()
    const next = listen('latest').next()
    publish()
    expect(await idOf(next)).toBe(2)
  })

  it('ends when the client leaves', async () => {
    const { listen, leave } = start()
    const next = listen().next()
    leave()
    expect((await next).done).toBe(true)
  })

  it('lets go of a client that falls a thousand events behind', async () => {
    const { publish, listen } = start()
    const stream = listen()
    const next = stream.next()
    for (let i = 0; i < 1500; i++) publish()
    let last = await next
    while (!last.done) last = await stream.next()
    expect(last.done).toBe(true)
  })
})
