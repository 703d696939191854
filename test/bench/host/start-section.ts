import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchContext } from '../harness/bench-types.ts'
import { durationText, spreadOf } from '../harness/spread.ts'

const repository = join(import.meta.dirname, '..', '..', '..')
const pairs = 7

/** From nothing to the first answer of the built host, against a Node that starts and ends: `npm run build` comes first. */
export async function measureStart({ folder, add }: BenchContext): Promise<void> {
  const name = 'start of the host to its first answer'
  const program = join(repository, 'out', 'main', 'headless.js')
  if (!existsSync(program)) {
    const line = { name, ours: '', peer: 'empty Node', goal: 'time ≤ 10 ×', figures: {} }
    add({ ...line, verdict: 'not run', beside: ['not built: npm run build'] })
    return
  }
  const workspace = join(folder, 'workspace')
  // The first start makes the workspace, and Node keeps what it compiled.
  for (let k = 0; k < 2; k++) await startHost(program, workspace)
  const ours: number[] = []
  const empty: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % 2 === 0) ours.push(await startHost(program, workspace))
    empty.push(await startNothing())
    if (pair % 2 === 1) ours.push(await startHost(program, workspace))
  }
  const ratio = spreadOf(ours.map((each, i) => each / empty[i]!))
  add({
    name,
    ours: durationText(spreadOf(ours).median),
    peer: `${durationText(spreadOf(empty).median)} empty Node`,
    goal: 'time ≤ 10 ×',
    verdict: ratio.median <= 10 ? 'met' : 'missed',
    ratio,
    beside: [],
    figures: { ours, empty },
  })
}

async function startHost(program: string, workspace: string): Promise<number> {
  const began = performance.now()
  const args = [program, '--workspace', workspace, '--port', '0', '--no-sample']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string]
  const origin = /http:\/\/[\d.]+:\d+/.exec(line)?.[0]
  await fetch(`${origin}/health`)
  const milliseconds = performance.now() - began
  child.kill('SIGTERM')
  await once(child, 'exit')
  return milliseconds
}

async function startNothing(): Promise<number> {
  const began = performance.now()
  await once(spawn(process.execPath, ['-e', '0']), 'exit')
  return performance.now() - began
}
