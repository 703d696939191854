import type { FastifyReply } from 'fastify'
import type { EventMessage } from '#shared/contract/jobs.ts'
import { SigmaError } from '#shared/errors.ts'

/** Writes events to the client until it goes. */
export async function streamEvents(
  reply: FastifyReply,
  events: AsyncIterable<EventMessage>,
  signal: AbortSignal,
): Promise<void> {
  // @fastify/sse leaves this out where the client did not ask for an event stream.
  const stream = reply.sse as FastifyReply['sse'] | undefined
  if (stream === undefined) {
    throw new SigmaError('INVALID_PARAM', 'this is an event stream: send Accept: text/event-stream')
  }
  stream.sendHeaders()
  reply.raw.flushHeaders()
  // A client that goes while its socket is full never drains it, so waiting for a write must end with the connection too.
  const gone = new Promise<'gone'>((resolve) =>
    signal.addEventListener('abort', () => resolve('gone'), { once: true }),
  )
  for await (const event of events) {
    if (signal.aborted || !stream.isConnected) break
    const sent = stream.send({ id: String(event.id), event: event.type, data: event })
    if ((await Promise.race([sent, gone])) === 'gone') break
  }
}
