import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { DelayTold } from './tell-delay.ts'
import type { MemoryTold } from './tell-memory.ts'

const repository = new URL('../../', import.meta.url).pathname

export interface ServedChild {
  /** Of the host, without a trailing slash. */
  url: string
  /** Opens the workstation as the owner, once. */
  openUrl: string
  child: ChildProcess
}

/**
 * A host in a process of its own, as `npm run serve` starts it, or `npm start` where it `isBuilt`; resolves when it has printed
 * that it is ready. One that is `measured` can be asked for its memory and how late its turns begin.
 */
export async function serveChild(
  workspace: string,
  options: string[] = [],
  { isMeasured = false, isBuilt = false } = {},
): Promise<ServedChild> {
  const tell = (name: string) => ['--import', join(import.meta.dirname, name)]
  const measuring = isMeasured ? ['--expose-gc', ...tell('tell-memory.ts'), ...tell('tell-delay.ts')] : []
  const program = isBuilt ? 'out/main/headless.js' : 'scripts/serve.ts'
  const args = [...measuring, program, '--workspace', workspace, '--port', '0', ...options]
  const child = spawn(process.execPath, args, {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit', ...(isMeasured ? (['ipc'] as const) : [])],
  })
  for await (const line of createInterface(child.stdout!)) {
    const openUrl = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(line)?.[0]
    if (openUrl) return { url: new URL(openUrl).origin, openUrl, child }
  }
  throw new Error(`the host ended with code ${child.exitCode} before it was ready`)
}

/** What a measured host holds. */
export const askMemory = (served: ServedChild) => tellOf<MemoryTold>(served, 'memory')

/** The same with its threads, none of which may be ended meanwhile. */
export const askMemoryOfAll = (served: ServedChild) => tellOf<MemoryTold>(served, 'memory of all threads')

/** How late the turns of a measured host began since it was last asked. */
export const askDelay = (served: ServedChild) => tellOf<DelayTold>(served, 'delay')

async function tellOf<Told>({ child }: ServedChild, what: string): Promise<Told> {
  const told = once(child, 'message')
  child.send(what)
  const [reply] = (await told) as [Told]
  return reply
}

/** Asks the host to close and returns its exit code. */
export async function closeChild({ child }: ServedChild): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}
