import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, until } from '#test/sample-host.ts'
import { askDelay, closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'
import type { BenchContext } from '../harness/bench-types.ts'
import { durationText, spreadOf } from '../harness/spread.ts'
import { askOften, type Load } from './ask-often.ts'

const built = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'headless.js')
/** Of three hours each, so that every round trains its folds anew on about as many rows. */
const hourSets = ['9,10,11', '10,11,12', '11,12,13', '12,13,14', '13,14,15', '9,11,13', '10,12,14']
const connections = 10

/** Sweeps of the sample's hourly model in a host, and what else the host can do meanwhile. */
export async function measureHostSweeps({ isQuick, add }: BenchContext): Promise<void> {
  const isBuilt = existsSync(built)
  const workspace = await copySampleWorkspace()
  const host = await serveChild(workspace, [], { isMeasured: true, isBuilt })
  const sweep = (hours: string, count: number, from = 0.5) => timeSweep(host, hours, count, from)
  const beside = isBuilt ? [] : ['from the sources: npm run build']
  try {
    const fresh: number[] = []
    const kept: number[] = []
    const again: number[] = []
    for (const [round, hours] of hourSets.entries()) {
      const times = [await sweep(hours, 12), await sweep(hours, 12, 0.501), await sweep(hours, 12)] as const
      // The first two are for the compiler, on each of the pool's threads.
      if (round < 2) continue
      fresh.push(times[0])
      kept.push(times[1])
      again.push(times[2])
    }
    const line = (name: string, times: number[], most: number | null) => {
      const { median, min, max } = spreadOf(times)
      add({
        ...{
          name,
          ours: durationText(median),
          peer: '',
          goal: most === null ? '' : `≤ ${durationText(most)}`,
        },
        ...{ verdict: most === null ? '' : median <= most ? 'met' : 'missed', figures: { times } },
        beside: [`${durationText(min)} to ${durationText(max)}`, ...beside],
      })
    }
    line('12 configurations, every fold trained', fresh, 1500)
    line('12 configurations on kept scores', kept, null)
    line('12 configurations a second time', again, 50)

    const count = isQuick ? 200 : 1000
    await askDelay(host)
    const long = await sweep('13,14,15', count, 0.502)
    const delay = await askDelay(host)
    add({
      ...{
        name: `turns of the host during ${count} configurations`,
        ours: `${delay.p99.toFixed(1)} ms late`,
      },
      ...{ peer: '', goal: 'p99 ≤ 20 ms', verdict: delay.p99 <= 20 ? 'met' : 'missed' },
      beside: [`latest ${delay.max.toFixed(0)} ms`, `the sweep ${durationText(long)}`],
      figures: { delay, long },
    })

    const page = `${host.url}/leaderboard?limit=50`
    const [alone, busy]: [Load[], Load[]] = [[], []]
    for (let round = 0; round < 5; round++) {
      alone.push(await askOften(page, 2000, connections))
      const running = sweep('13,14,15', count, 0.503 + round / 1000)
      busy.push(await askOften(page, 2000, connections))
      await running
    }
    const ratio = spreadOf(busy.map(({ p99 }, i) => p99 / alone[i]!.p99))
    const p99 = (loads: Load[]) => `${spreadOf(loads.map((each) => each.p99)).median.toFixed(1)} ms`
    add({
      ...{ name: `p99 of a page at ${connections} connections during a sweep`, ours: p99(busy) },
      ...{ peer: `${p99(alone)} without`, goal: 'time ≤ 2 ×', ratio, beside: [] },
      ...{ verdict: ratio.median <= 2 ? 'met' : 'missed', figures: { alone, busy } },
    })
  } finally {
    await closeChild(host)
    await rm(workspace, { recursive: true })
  }
}

/** Milliseconds from the request to the end of its job. */
async function timeSweep(host: ServedChild, hours: string, count: number, from: number): Promise<number> {
  const threshold_variants = Array.from({ length: count }, (_, i) => (from + (0.2 * i) / count).toFixed(6))
  const began = performance.now()
  const reply = await request<ReplyOf<'runSweep'>>(host, 'POST', '/sweeps/run', {
    model_id: 'spy_opt_0dte_hourly',
    risk_profile: 'balanced',
    sweep: { threshold_variants, hours_variants: [hours], splits: 5 },
  })
  if (reply.status >= 300) throw new Error(`the sweep was refused: ${JSON.stringify(reply.body)}`)
  const isOver = ({ job: { status } }: ReplyOf<'getJob'>) => !['queued', 'running'].includes(status)
  const { job } = await until<ReplyOf<'getJob'>>(host, `/jobs/${reply.body.job_id}`, isOver, 300, 5)
  if (job.status !== 'completed') throw new Error(`a sweep ${job.status}: ${JSON.stringify(job.error)}`)
  return performance.now() - began
}
