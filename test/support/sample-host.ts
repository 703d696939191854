import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Host, sourcePaths, startHost } from '#main/host.ts'

const repository = new URL('../../', import.meta.url).pathname

export const program = sourcePaths(repository, '0.0.0-test')

/**
 * A copy of a workspace with the sample data, in a temporary folder. Loading takes seconds and its result is the same bytes each
 * time, so one run of the tests loads it once: whoever comes first, while others wait.
 */
export async function copySampleWorkspace(): Promise<string> {
  const source = join(tmpdir(), `sigma-sample-${process.ppid}`)
  if (!existsSync(source)) await makeSample(source)
  const copy = await mkdtemp(join(tmpdir(), 'sigma-sample-copy-'))
  await cp(source, copy, { recursive: true })
  return copy
}

async function makeSample(target: string): Promise<void> {
  const building = `${target}.building`
  try {
    await mkdir(building)
  } catch {
    while (!existsSync(target)) await new Promise((resolve) => setTimeout(resolve, 100))
    return
  }
  const host = await startSampleHost(join(building, 'workspace'))
  await host.sampleReady
  await host.close()
  await rename(join(building, 'workspace'), target)
  await rm(building, { recursive: true })
}

/** A host on a free port; on a new folder it loads the sample data. */
export function startSampleHost(workspace: string, options: { threads?: number } = {}): Promise<Host> {
  return startHost({ workspace, port: 0, auth: 'local', sample: true, program, log: () => {}, ...options })
}

export interface Answer<Body> {
  status: number
  body: Body
}

/** One call as a script makes it. */
export async function request<Body = Record<string, unknown>>(
  host: Pick<Host, 'url'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<Body>> {
  const response = await fetch(`${host.url}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Body }
}

/** Asks until `isDone` holds, at most for the given seconds, every so many milliseconds. */
export async function until<Body>(
  host: Pick<Host, 'url'>,
  path: string,
  isDone: (body: Body) => boolean,
  seconds = 60,
  every = 50,
): Promise<Body> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const { body } = await request<Body>(host, 'GET', path)
    if (isDone(body)) return body
    if (Date.now() > end) throw new Error(`${path} after ${seconds} s: ${JSON.stringify(body).slice(0, 500)}`)
    await new Promise((resolve) => setTimeout(resolve, every))
  }
}
