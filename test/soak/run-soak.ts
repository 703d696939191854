import type { ReplyOf } from '#shared/contract/index.ts'
import { request, until } from '#test/sample-host.ts'
import { askMemoryOfAll, type ServedChild } from '#test/serve-child.ts'
import type { MemoryTold } from '#test/tell-memory.ts'
import { type PlannedSweep, planSweeps } from './plan-sweeps.ts'

/** Runs sweeps one after the other in one host and tells its memory after every tenth of them. */
export async function runSoak(
  served: ServedChild,
  sweeps: number,
  onTenth: (tenth: number, memory: MemoryTold, seconds: number) => void,
): Promise<MemoryTold[]> {
  const began = performance.now()
  const tenths: MemoryTold[] = []
  for (const [i, planned] of planSweeps(sweeps).entries()) {
    await runPlanned(served, planned)
    if (Math.floor((10 * (i + 1)) / sweeps) <= tenths.length) continue
    tenths.push(await askMemoryOfAll(served))
    onTenth(tenths.length, tenths.at(-1)!, (performance.now() - began) / 1000)
  }
  return tenths
}

async function runPlanned(served: ServedChild, { window, body }: PlannedSweep): Promise<void> {
  let matrix = {}
  if (window) {
    const built = await ask<ReplyOf<'buildMatrix'>>(served, '/matrix/build', {
      model_id: body.model_id,
      date_window: window,
    })
    matrix = { matrix_sha: built.matrix_sha }
  }
  const { job_id, reused } = await ask<ReplyOf<'runSweep'>>(served, '/sweeps/run', { ...body, ...matrix })
  if (reused) throw new Error(`the sweep ${JSON.stringify(body)} ran before`)
  const isOver = ({ job: { status } }: ReplyOf<'getJob'>) => !['queued', 'running'].includes(status)
  const { job } = await until<ReplyOf<'getJob'>>(served, `/jobs/${job_id}`, isOver, 300)
  if (job.status !== 'completed') throw new Error(`a sweep ${job.status}: ${JSON.stringify(job.error)}`)
}

async function ask<Body>(served: ServedChild, path: string, body: object): Promise<Body> {
  const reply = await request<Body>(served, 'POST', path, body)
  if (reply.status >= 300) throw new Error(`${path} replied ${reply.status}: ${JSON.stringify(reply.body)}`)
  return reply.body
}
