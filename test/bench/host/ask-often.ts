import { Agent, get } from 'node:http'

export interface Load {
  perSecond: number
  /** 99th percentile of the time to an answer, milliseconds. */
  p99: number
}

/** Asks one address over `connections` kept connections, each again as soon as it has its answer. */
export async function askOften(url: string, milliseconds: number, connections: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const stop = performance.now() + milliseconds
  const began = performance.now()
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent }, (reply) => {
        if (reply.statusCode !== 200) reject(new Error(`${url} answers ${reply.statusCode}`))
        reply.resume().on('end', resolve).on('error', reject)
      }).on('error', reject)
    })
  const keepAsking = async () => {
    while (performance.now() < stop) {
      const asked = performance.now()
      await ask()
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: connections }, keepAsking))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  return { perSecond: times.length / seconds, p99: times[Math.floor(times.length * 0.99)]! }
}
