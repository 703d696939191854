import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { applyRestore, pendingRestore, wishRestore } from '#main/backup/restore-backup.ts'
import { type Host, startHost } from '#main/host.ts'
import { checkLedger } from '#main/ledger/check-ledger.ts'
import { createLedger } from '#main/ledger/ledger.ts'
import { latestSchema } from '#main/ledger/migrate.ts'
import type { BackupRow } from '#shared/contract/backups.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { program, request, until } from '#test/sample-host.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

type Made = ReplyOf<'createBackup'>

const schema = latestSchema(migrationsDir)
const means = { version: 'test', now: '2030-01-02T03:04:05.000Z', schema, log: () => {} }
const artifact = 'artifacts/m/balanced/gbm-1.onnx'
const config = 'packs/swingsigma/model_configs/spy_eq_swing_daily.yaml'

const open = (workspace: string, changes: { restore?: string; log?: (line: string) => void } = {}) =>
  startHost({
    workspace,
    port: 0,
    auth: 'local',
    sample: false,
    program,
    threads: 1,
    log: () => {},
    ...changes,
  })

const select = async (host: Host) =>
  Number(
    (await request<{ selection_id: string }>(host, 'POST', '/selections', { items: [] })).body.selection_id,
  )

/** The newest selection of a ledger that no host has open. */
function newestSelection(root: string): number {
  const ledger = createLedger({ path: join(root, 'ledger.db'), migrationsDir, clock: tickingClock() })
  try {
    let id = 0
    while (ledger.selections.get(id + 1)) id++
    return id
  } finally {
    ledger.close()
  }
}

/** A folder with nothing but the backups of another. */
async function emptyBeside(root: string): Promise<string> {
  const copy = temporaryFolder()
  await cp(join(root, 'backups'), join(copy, 'backups'), { recursive: true })
  return copy
}

/** A backup that is whole, however long it took. */
async function backUp(host: Host): Promise<BackupRow> {
  const { status, body } = await request<Made>(host, 'POST', '/backup', {})
  expect(status, JSON.stringify(body)).toBe(200)
  if (body.backup !== null) return body.backup
  const { job } = await until<ReplyOf<'getJob'>>(host, `/jobs/${body.job_id}`, ({ job: { status: now } }) =>
    ['completed', 'failed'].includes(now),
  )
  expect(job.status).toBe('completed')
  return (await request<ReplyOf<'listBackups'>>(host, 'GET', '/backups')).body.backups[0]!
}

describe('backups of a workspace in use', () => {
  let root: string
  let host: Host
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'sigma-backup-'))
    host = await open(root)
    await mkdir(join(root, 'artifacts/m/balanced'), { recursive: true })
    await writeFile(join(root, artifact), 'first')
  }, 60_000)
  afterAll(async () => {
    await host.close()
    await rm(root, { recursive: true })
  })

  it('hold all that was answered before, under load, and each restores to a sound ledger', async () => {
    let isOver = false
    let answered = 0
    const load = Promise.all(
      [1, 2, 3].map(async () => {
        while (!isOver) answered = Math.max(answered, await select(host))
      }),
    )
    const made: { name: string; atLeast: number }[] = []
    onTestFinished(() => {
      isOver = true
    })
    for (let n = 0; n < 6; n++) {
      const atLeast = answered
      made.push({ name: (await backUp(host)).name, atLeast })
    }
    isOver = true
    await load
    expect(new Set(made.map(({ name }) => name)).size).toBe(6)
    expect(made.at(-1)!.atLeast).toBeGreaterThan(made[0]!.atLeast)

    const { body } = await request<ReplyOf<'listBackups'>>(host, 'GET', '/backups')
    expect(body.total).toBe(6)
    expect(body.backups.map(({ name }) => name)).toEqual(made.map(({ name }) => name).reverse())
    expect(body.backups[0]).toMatchObject({ kind: 'asked_for', schema, version: program.version })
    for (const { name, atLeast } of made) {
      const copy = await emptyBeside(root)
      await wishRestore(copy, name)
      expect(await applyRestore(copy, means)).toMatchObject({ restored: name })
      expect(checkLedger(join(copy, 'ledger.db'))).toEqual({ schema, faults: [] })
      expect(newestSelection(copy)).toBeGreaterThanOrEqual(atLeast)
      expect(await readFile(join(copy, artifact), 'utf8')).toBe('first')
      expect(await readFile(join(copy, config), 'utf8')).toBe(await readFile(join(root, config), 'utf8'))
    }
  }, 120_000)

  it('are refused for restoring where a byte is another, and where there is none of that name', async () => {
    const { name } = await backUp(host)
    const copy = await emptyBeside(root)
    await writeFile(join(copy, 'backups', name, artifact), 'other')
    await expect(wishRestore(copy, name)).rejects.toThrow(`${artifact} is not what was written`)
    await rm(join(copy, 'backups', name, artifact))
    await expect(wishRestore(copy, name)).rejects.toThrow(`${artifact} is missing`)
    await expect(wishRestore(copy, '20300101T000000Z')).rejects.toThrow('there is no backup 20300101T000000Z')
    expect(await pendingRestore(copy)).toBeNull()
  }, 60_000)

  it('leave no folder behind where they fail, and no name outside of their folder is taken', async () => {
    const before = await readdir(join(root, 'backups'))
    for (const name of ['../..', 'x', '20240101T000000Z/../..']) {
      const token = (await readFile(join(root, '.token'), 'utf8')).trim()
      const answer = await fetch(`${host.url}/backups/restore`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ name }),
      })
      expect(answer.status).toBe(400)
    }
    expect((await request(host, 'POST', '/backups/restore', { name: null })).status).toBe(401)
    expect(await readdir(join(root, 'backups'))).toEqual(before)
  })
})

describe('a restore', () => {
  /** A closed workspace with a backup of one selection and artifact `first`, and since then a second and `second`. */
  async function workspaceWithBackup() {
    const root = temporaryFolder()
    const host = await open(root)
    await mkdir(join(root, 'artifacts/m/balanced'), { recursive: true })
    await writeFile(join(root, artifact), 'first')
    await select(host)
    const backup = await backUp(host)
    await select(host)
    await writeFile(join(root, artifact), 'second')
    await host.close()
    return { root, name: backup.name }
  }
  const stateOf = async (root: string) => ({
    selections: newestSelection(root),
    artifact: await readFile(join(root, artifact), 'utf8'),
    leftovers: (await readdir(root)).filter((each) => /restor/.test(each)),
  })
  const restored = { selections: 1, artifact: 'first', leftovers: [] }

  it('at the start of a host puts the backup in place, and what was there can be restored in turn', async () => {
    const { root, name } = await workspaceWithBackup()
    const lines: string[] = []
    const host = await open(root, { restore: name, log: (line) => lines.push(line) })
    // The restored ledger was copied while its own backup ran: that job must not come back with it.
    const jobs = await request<ReplyOf<'listJobs'>>(host, 'GET', '/jobs')
    expect(jobs.body.rows.map(({ kind, status }) => [kind, status])).toEqual([['backup', 'completed']])
    const { body } = await request<ReplyOf<'listBackups'>>(host, 'GET', '/backups')
    expect(body.total).toBe(2)
    const kept = body.backups.find(({ kind }) => kind === 'before_restore')!
    expect(lines).toContain(`restored backup ${name}; what was there before is backup ${kept.name}`)
    expect(body.pending_restore).toBeNull()
    expect((await request(host, 'GET', '/selections/1')).status).toBe(200)
    expect((await request(host, 'GET', '/selections/2')).status).toBe(404)
    await host.close()
    expect(await stateOf(root)).toEqual(restored)

    const back = await open(root, { restore: kept.name })
    expect((await request(back, 'GET', '/selections/2')).status).toBe(200)
    await back.close()
    expect(await readFile(join(root, artifact), 'utf8')).toBe('second')
  }, 60_000)

  it('that was asked for over HTTP waits for the next start', async () => {
    const { root, name } = await workspaceWithBackup()
    const host = await open(root)
    const token = (await readFile(join(root, '.token'), 'utf8')).trim()
    const answer = await fetch(`${host.url}/backups/restore`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ name }),
    })
    expect([answer.status, (await request(host, 'GET', '/selections/2')).status]).toEqual([200, 200])
    expect((await request(host, 'GET', '/backups')).body['pending_restore']).toBe(name)
    await host.close()
    await (await open(root)).close()
    expect(await stateOf(root)).toEqual(restored)
  }, 60_000)

  it.each([0, 1, 2, 3, 4])(
    'that was cut short after step %i ends the same when the host starts again',
    async (step) => {
      const { root, name } = await workspaceWithBackup()
      await wishRestore(root, name)
      const kept = '20300102T030405Z-before-restore'
      const hidden = join(root, 'backups', `.${kept}`)
      // The steps of a restore by hand, up to where it is cut short.
      await writeFile(join(root, '.restore.json'), JSON.stringify({ name, keep: kept }))
      await mkdir(hidden)
      if (step >= 1) await rename(join(root, 'ledger.db'), join(hidden, 'ledger.db'))
      if (step >= 2) await rename(join(root, 'artifacts'), join(hidden, 'artifacts'))
      if (step >= 3) {
        for (const folder of ['packs', 'reports', 'sweeps', 'live_data'])
          await rename(join(root, folder), join(hidden, folder))
      }
      if (step >= 4) {
        await applyRestore(root, means)
        // All but the last two things are done.
        await writeFile(join(root, '.restore.json'), JSON.stringify({ name, keep: kept }))
        await rm(join(root, 'ledger.db'))
      }
      const host = await open(root)
      await host.close()
      expect(await stateOf(root)).toEqual(restored)
      expect(await readFile(join(root, 'backups', kept, artifact), 'utf8')).toBe('second')
      expect(checkLedger(join(root, 'backups', kept, 'ledger.db')).faults).toEqual([])
      expect(newestSelection(join(root, 'backups', kept))).toBe(2)
    },
    60_000,
  )

  it('of a backup that is spoilt by then leaves the workspace as it is, and says so', async () => {
    const { root, name } = await workspaceWithBackup()
    await wishRestore(root, name)
    await writeFile(join(root, 'backups', name, artifact), 'spoilt')
    const lines: string[] = []
    const host = await open(root, { log: (line) => lines.push(line) })
    onTestFinished(() => host.close())
    expect(lines.join()).toContain('nothing was restored')
    expect((await request(host, 'GET', '/selections/2')).status).toBe(200)
    expect(existsSync(join(root, '.restore.json'))).toBe(false)
  }, 60_000)

  it('gets a workspace back whose ledger is no database any more, and keeps that too', async () => {
    const { root, name } = await workspaceWithBackup()
    await writeFile(join(root, 'ledger.db'), 'this is no database, however long one looks at it')
    await (await open(root, { restore: name })).close()
    expect(await stateOf(root)).toEqual(restored)
    const kept = (await readdir(join(root, 'backups'))).find((each) => each.endsWith('-before-restore'))!
    expect(await readFile(join(root, 'backups', kept, 'ledger.db'), 'utf8')).toContain('no database')
    await expect(wishRestore(root, kept)).rejects.toThrow('its ledger could not be read')
  }, 60_000)
})
