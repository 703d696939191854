import { createServer } from 'node:net'

/** The port of the last start where it is free, else any (0): what the page remembers belongs to its origin, port included. */
export async function choosePort(last: unknown): Promise<number> {
  if (!Number.isInteger(last) || (last as number) < 1024 || (last as number) > 65_535) return 0
  const port = last as number
  const probe = createServer()
  return new Promise((resolve) => {
    probe.once('error', () => resolve(0))
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () => probe.close(() => resolve(port)))
  })
}
