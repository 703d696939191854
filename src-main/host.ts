import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { JobRow } from '#shared/contract/jobs.ts'
import { applyRestore, wishRestore } from './backup/restore-backup.ts'
import { createEvents } from './jobs/events.ts'
import { createPoolExecutor } from './jobs/executor.ts'
import { createJobRunner } from './jobs/job-runner.ts'
import { duckWhenAsked } from './lake/duck-when-asked.ts'
import { createLake } from './lake/lake.ts'
import { loadSampleData } from './lake/sample-data.ts'
import { startCheckpoints } from './ledger/checkpoints.ts'
import { createLedger } from './ledger/ledger.ts'
import { latestSchema } from './ledger/migrate.ts'
import { createOnnxScorer } from './onnx/onnx-scorer.ts'
import { createPackStore } from './pack-store/pack-store.ts'
import { builtProgram, keepSoundTexts, noSoundTexts } from './pack-store/sound-texts.ts'
import { buildServer } from './server/build-server.ts'
import { createSecurity } from './server/security.ts'
import { createAccounts } from './services/accounts.ts'
import { isFlagOn } from './services/admin/flags.ts'
import { recordRiskBudgets } from './services/admin/risk-profiles.ts'
import { createAuditWriter } from './services/audit.ts'
import type { ServiceContext } from './services/context.ts'
import { createServices } from './services/create-services.ts'
import { createMatrixStore } from './services/matrix-store.ts'
import { openWorkspace } from './workspace/workspace.ts'

export interface HostOptions {
  workspace: string
  port: number
  auth: 'local' | 'always'
  allowHosts?: readonly string[]
  /** Load the sample data into a workspace that has none. */
  sample: boolean
  /** Name of a backup of the workspace to start from. */
  restore?: string | undefined
  /** Folders and files of the installed program. */
  program: ProgramPaths
  /** Worker threads at most; as many as the machine runs at once unless said. */
  threads?: number
  /** Where the vendor's settings are read, each time they are needed; the process's own environment unless said. */
  env?: Readonly<Record<string, string | undefined>>
  log: (line: string) => void
}

export interface ProgramPaths {
  packs: string
  migrations: string
  workerEntry: string
  checkpointEntry: string
  renderer: string
  /** Folder of the pages that are read. */
  guide: string
  version: string
}

export interface Host {
  /** Without a trailing slash. */
  url: string
  /** Opens the workstation as the owner of the workspace, once, within an hour. */
  openUrl: () => string
  /** When the sample data is there; at once where none is wanted. Rejects with what went wrong. */
  sampleReady: Promise<void>
  /** Jobs that run or wait. */
  liveJobs: () => JobRow[]
  close: () => Promise<void>
}

const now = () => new Date().toISOString()

/** Starts everything but the window: workspace, ledger, packs, lake, jobs, server. Nothing here knows Electron. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { program, log } = options
  const workspace = await openWorkspace(options.workspace, {
    packsSource: program.packs,
    clock: now,
    prepare: (root) => restoreIfAsked(root, options),
  })
  const closers: (() => unknown)[] = [workspace.close]
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each()
  }
  try {
    const { root } = workspace.paths
    const ledger = createLedger({
      path: workspace.paths.ledger,
      migrationsDir: program.migrations,
      clock: now,
      isHelped: true,
    })
    closers.push(ledger.close)
    closers.push(startCheckpoints(program.checkpointEntry, workspace.paths.ledger).close)
    const duck = duckWhenAsked()
    closers.push(duck.close)
    const lake = createLake(root, duck)
    const events = createEvents({ log: ledger.events, clock: now })
    const announce: ServiceContext['announce'] = (type, data) => void events.publish({ type, data })
    const built = builtProgram()
    const packStore = createPackStore({
      root,
      texts: built === null ? noSoundTexts : keepSoundTexts(join(root, '.cache', 'sound-texts.json'), built),
      onChange: () => {
        noteRiskBudgets()
        announce('pack', {})
      },
    })
    const noteRiskBudgets = () => {
      try {
        recordRiskBudgets({ ledger, packStore })
      } catch (error) {
        log(`the risk budgets could not be noted: ${String(error)}`)
      }
    }
    noteRiskBudgets()
    closers.push(packStore.close)
    const executor = createPoolExecutor({
      entry: program.workerEntry,
      threads: options.threads ?? availableParallelism(),
    })
    closers.push(executor.close)
    const runner = createJobRunner({ ledger, executor, events, clock: now })
    closers.push(runner.close)
    runner.define<Record<string, never>, null>('sample_data', {
      title: 'Sample data',
      run: async (_input, job) => {
        await loadSampleData(lake, (spec, input) => job.run(spec, input, { report: () => {} }), job.report)
        announce('data', { source: 'sample' })
        return null
      },
    })
    const context: ServiceContext = {
      root,
      ledger,
      packStore,
      lake,
      duck,
      matrixStore: createMatrixStore(root, duck, ledger),
      runner,
      onnx: createOnnxScorer(),
      clock: now,
      announce,
    }
    const sampleState = () => {
      const [job] = runner.list({ kind: 'sample_data', limit: 1, offset: 0 }).rows
      return job === undefined ? 'none' : job.status === 'completed' ? 'ready' : 'loading'
    }
    const accounts = createAccounts(ledger, workspace.token)
    const services = createServices(context, events, {
      name: basename(root),
      version: program.version,
      created_at: workspace.info.created_at,
      sample: sampleState,
      owner: accounts.owner,
      workers: executor.stats,
      shippedPacks: program.packs,
      env: options.env ?? process.env,
    })
    const security = createSecurity({
      auth: options.auth,
      allowHosts: options.allowHosts ?? [],
      accounts,
      requireToken: () => isFlagOn(ledger, 'require_token'),
    })
    const server = await buildServer({
      services,
      security,
      idempotency: ledger.idempotency,
      audit: createAuditWriter(context),
      rendererDir: program.renderer,
      guideDir: program.guide,
      version: program.version,
      log,
    })
    closers.push(() => server.close())
    runner.recover()
    const sampleReady = loadSample()
    // A caller that does not wait for the sample data must not die of it.
    sampleReady.catch(() => {})
    await server.listen({ host: '127.0.0.1', port: options.port })
    const url = `http://127.0.0.1:${portOf(server)}`
    const liveJobs = () =>
      ['running', 'queued'].flatMap((status) => runner.list({ status, limit: 100, offset: 0 }).rows)
    const openUrl = () => `${url}${security.sessions.openPath(accounts.owner)}`
    return { url, openUrl, sampleReady, liveJobs, close }

    async function loadSample(): Promise<void> {
      if (!options.sample && workspace.isNew) ledger.flags.set('sample_data', false)
      const isRefused = !isFlagOn(ledger, 'sample_data')
      const [known] = runner.list({ kind: 'sample_data', limit: 1, offset: 0 }).rows
      if (known?.status === 'completed') return
      const isEmpty = (await lake.catalog()).length === 0
      if (known === undefined && (!options.sample || isRefused || !isEmpty)) return
      const job = known ?? runner.submit('sample_data', {}, { priority: 'interactive' })
      await runner.wait(job.job_id)
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Puts a backup in place that this start or an earlier request asks for. */
async function restoreIfAsked(root: string, { restore, program, log }: HostOptions): Promise<void> {
  if (restore !== undefined) await wishRestore(root, restore)
  const { version } = program
  const done = await applyRestore(root, {
    version,
    now: now(),
    schema: latestSchema(program.migrations),
    log,
  })
  if (done) log(`restored backup ${done.restored}; what was there before is backup ${done.kept}`)
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port')
  return address.port
}

/** Where things lie when the program runs from its sources. */
export function sourcePaths(root: string, version: string): ProgramPaths {
  return {
    packs: join(root, 'packs'),
    migrations: join(root, 'src-main', 'ledger', 'migrations'),
    workerEntry: join(root, 'src-workers', 'entry.ts'),
    checkpointEntry: join(root, 'src-main', 'ledger', 'checkpoint-thread.ts'),
    renderer: join(root, 'out', 'renderer'),
    guide: join(root, 'docs', 'guide'),
    version,
  }
}

/** Where things lie when the host runs as it was built. */
export function builtPaths(root: string, version: string): ProgramPaths {
  const built = (name: string) => join(root, 'out', 'main', name)
  return {
    ...sourcePaths(root, version),
    workerEntry: built('worker.js'),
    checkpointEntry: built('checkpoint-thread.js'),
  }
}
