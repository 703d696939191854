import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createLedger } from '#main/ledger/ledger.ts'
import { backtestRun, migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { closeChild, serveChild } from '#test/serve-child.ts'
import type { BenchContext } from '../harness/bench-types.ts'
import { spreadOf } from '../harness/spread.ts'
import { askOften, type Load } from './ask-often.ts'

const connections = 10

/** Pages of a long leaderboard, as a script asks for them, against the least that Fastify can do. */
export async function measureServer({ isQuick, folder, add }: BenchContext): Promise<void> {
  const rows = isQuick ? 20_000 : 1_000_000
  const [milliseconds, rounds] = isQuick ? [1000, 5] : [3000, 7]
  const workspace = join(folder, 'workspace')
  await closeChild(await serveChild(workspace, ['--no-sample']))
  fill(join(workspace, 'ledger.db'), rows)
  const host = await serveChild(workspace, ['--no-sample'])
  const hello = spawn(process.execPath, [join(import.meta.dirname, 'hello.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = (await once(hello.stdout!.setEncoding('utf8'), 'data')) as [string]
  const page = (offset: number) => `${host.url}/leaderboard?limit=50&offset=${offset}`
  const last = Math.min(rows - 50, 1_000_000 - 50)
  const addresses = { hello: printed.trim(), first: page(0), last: page(last) }
  const measured: Record<keyof typeof addresses, Load[]> = { hello: [], first: [], last: [] }
  try {
    for (let round = -1; round < rounds; round++) {
      for (const name of ['hello', 'first', 'last'] as const) {
        const load = await askOften(addresses[name], milliseconds, connections)
        if (round >= 0) measured[name].push(load)
      }
    }
  } finally {
    hello.kill()
    await closeChild(host)
  }
  const { hello: least, first, last: deep } = measured
  const share = spreadOf(first.map(({ perSecond }, i) => perSecond / least[i]!.perSecond))
  const slower = spreadOf(deep.map(({ perSecond }, i) => first[i]!.perSecond / perSecond))
  const p99 = spreadOf(first.map((each) => each.p99))
  const speed = (loads: readonly Load[]) =>
    `${Math.round(spreadOf(loads.map(({ perSecond }) => perSecond)).median)}/s`
  const name = `50 rows of a leaderboard of ${rows.toLocaleString('en')}, ${connections} connections`
  const figures = { measured }
  add({
    ...{
      name,
      ours: speed(first),
      peer: `${speed(least)} bare Fastify`,
      goal: 'speed ≥ 0.2 ×',
      ratio: share,
    },
    ...{ verdict: share.median >= 0.2 ? 'met' : 'missed', figures },
    beside: [`p99 ${p99.median.toFixed(1)} ms`],
  })
  add({
    ...{ name: 'the last page against the first', ours: speed(deep), peer: `${speed(first)} first page` },
    ...{ goal: 'time ≤ 2 ×', ratio: slower, verdict: slower.median <= 2 ? 'met' : 'missed', figures: {} },
    beside: [],
  })
  add({
    ...{ name: 'p99 of the first page', ours: `${p99.median.toFixed(1)} ms`, peer: '', goal: '≤ 5 ms' },
    ...{ verdict: p99.median <= 5 ? 'met' : 'missed', figures: {}, beside: [] },
  })
}

function fill(path: string, rows: number): void {
  const ledger = createLedger({ path, migrationsDir, clock: tickingClock() })
  ledger.transaction(() => {
    for (let i = 0; i < rows; i++) {
      const sharpe = ((i * 7919) % rows) / rows
      ledger.backtestRuns.add(
        backtestRun({
          config_key: `k${i}`,
          model_id: `m${i % 20}`,
          gate: { pass: i % 7 === 0, reasons: i % 7 === 0 ? [] : ['sharpe_below_min'] },
          metrics: { sharpe, dsr: (i % 997) / 1000, trades: i % 300, cum_return: 0.1 },
        }),
      )
    }
  })
  ledger.close()
}
