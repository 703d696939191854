import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { contract, type OperationId } from '#shared/contract/index.ts'
import { askMemory, type ServedChild } from '#test/serve-child.ts'
import type { MemoryTold } from '#test/tell-memory.ts'
import { findFault, operationOf } from './check-answer.ts'
import { units } from './generate-units.ts'
import { harvest, type Pools, type Step, type Unit } from './plan.ts'
import { prepare } from './prepare.ts'
import { withoutSuccess } from './recipes.ts'
import { type Answer, closeConnections, compose, type Sent, send } from './send-step.ts'

export interface FuzzOptions {
  served: ServedChild
  workspace: string
  requests: number
  seed: number
  print: (line: string) => void
}

export interface Fault {
  /** Number of the unit in the stream that the seed gives. */
  unit: number
  what: string
  request: string
  reply: string
}

export interface FuzzReport {
  requests: number
  /** Replies by operation and status; `none` where the path is no operation's. */
  counts: Map<string, Map<number, number>>
  slowest: { ms: number; request: string }
  faults: Fault[]
  /** What the host held after each few thousand requests. */
  memory: MemoryTold[]
  seconds: number
}

const atOnce = 4
const chunk = 500

/** Sends generated requests to a host until there were enough, and says what came back. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { served, workspace, requests, seed, print } = options
  const all: Pools['all'] = new Map()
  let token = readToken(workspace)
  await prepare(served.url, workspace, token, { own: new Map(), all })
  const report: FuzzReport = {
    requests: 0,
    counts: new Map(),
    slowest: { ms: 0, request: '' },
    faults: [],
    memory: [],
    seconds: 0,
  }
  const began = performance.now()

  async function ask(step: Step, pools: Pools, unit: number): Promise<void> {
    const sent = compose(step, pools)
    const asks = { admin: token, nobody: undefined, own: pools.own.get('token') as string | undefined }[
      step.as ?? 'admin'
    ]
    const accept = 'kind' in contract[step.operation] ? { accept: 'text/event-stream' } : {}
    const headers = { ...(asks && { authorization: `Bearer ${asks}` }), ...accept, ...step.headers }
    report.requests++
    const request = `${sent.method} ${sent.path.slice(0, 300)} ${String(sent.body ?? '').slice(0, 600)} ${JSON.stringify(step.headers ?? {}).slice(0, 200)}`
    try {
      const answer = await send(served.url, sent, headers)
      note(report, sent, answer, request, unit)
      if (answer.status >= 300 || answer.type.includes('event-stream') || sent.method === 'HEAD') return
      const reached = operationOf(sent)?.id
      if (reached === undefined) return
      harvest(reached, JSON.parse(answer.text) as Record<string, unknown>, pools)
      if (reached === 'rotateUserToken') token = readToken(workspace)
    } catch (error) {
      report.faults.push({ unit, what: String(error), request, reply: '' })
    }
  }

  let next = 0
  let told = 0
  let stream: Unit[] = []
  async function work(): Promise<void> {
    while (report.requests < requests && report.faults.length < 200) {
      const unit = next++
      if (unit % chunk === 0) stream = fc.sample(units, { seed: seed + unit, numRuns: chunk })
      const pools = { own: new Map<string, unknown>(), all }
      for (const step of stream[unit % chunk]!) await ask(step, pools, unit)
      if (unit % 100 === 0) await tidy(served.url, token)
      if (unit % 1000 === 0) report.memory.push(await askMemory(served))
      for (; told < report.faults.length; told++) print(describeFault(report.faults[told]!))
      if (unit % 5000 === 0) {
        print(
          `${report.requests} requests, ${report.faults.length} faults, host ${report.memory.at(-1)?.residentMb} MiB`,
        )
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  report.seconds = (performance.now() - began) / 1000
  closeConnections()
  return report
}

export const describeFault = ({ unit, what, request, reply }: Fault): string =>
  [`unit ${unit}: ${what}`, `  ${request}`, `  ${reply}`].join('\n')

function note(report: FuzzReport, sent: Sent, answer: Answer, request: string, unit: number): void {
  const operation = operationOf(sent)?.id ?? 'none'
  const counts = report.counts.get(operation) ?? new Map<number, number>()
  report.counts.set(operation, counts)
  counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1)
  if (answer.ms > report.slowest.ms) report.slowest = { ms: answer.ms, request }
  const what = findFault(sent, answer)
  if (what !== undefined) report.faults.push({ unit, what, request, reply: answer.text.slice(0, 500) })
}

/** Limits that the requests have lowered would refuse everything after them, and so would a flag that asks each for a token. */
async function tidy(url: string, token: string): Promise<void> {
  const limits = {
    max_concurrent_sweeps: 2,
    max_concurrent_train_jobs: 2,
    max_queue: 200,
    max_rows_per_build: 1_000_000,
  }
  const headers = { authorization: `Bearer ${token}` }
  const patch = (path: string, body: object) =>
    send(url, { method: 'PATCH', path, body: JSON.stringify(body) }, headers)
  await patch('/admin/quotas', { limits })
  await patch('/admin/flags', { key: 'require_token', enabled: false })
}

function readToken(workspace: string): string {
  return readFileSync(join(workspace, '.token'), 'utf8').trim()
}

/** Median of a figure of memory in each quarter of the requests, MiB: level where nothing is kept that should have been let go. */
export function memoryByQuarter({ memory }: FuzzReport, figure: keyof MemoryTold): number[] {
  const size = Math.max(1, memory.length / 4)
  return [0, 1, 2, 3].map((quarter) => {
    const part = memory
      .slice(Math.floor(quarter * size), Math.floor((quarter + 1) * size))
      .map((each) => each[figure])
      .sort((a, b) => a - b)
    return part[part.length >> 1] ?? 0
  })
}

/** Successes of each operation that can have any here, fewest first. */
export function successesOf({ counts }: FuzzReport): [id: OperationId, successes: number][] {
  const ids = (Object.keys(contract) as OperationId[]).filter((id) => !withoutSuccess.includes(id))
  const successes = (id: string) =>
    [...(counts.get(id) ?? [])].reduce((sum, [status, n]) => sum + (status < 300 ? n : 0), 0)
  return ids.map((id) => [id, successes(id)] as [OperationId, number]).sort((a, b) => a[1] - b[1])
}

/** What SQLite says of the ledger of a closed workspace: `ok`. */
export function checkIntegrity(ledger: string): unknown {
  const db = new Database(ledger, { readonly: true })
  try {
    return db.pragma('integrity_check', { simple: true })
  } finally {
    db.close()
  }
}
