import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shaOf } from '#main/services/sha.ts'
import { type AdminServer, startAdminServer } from '#test/admin-server.ts'

let admin: AdminServer
beforeEach(async () => {
  admin = await startAdminServer()
})
afterEach(() => admin.close())

const pack = 'zerosigma'
const patch = (risk_budget: object, profile = 'balanced') =>
  admin.ask('PATCH /admin/risk-profiles', { pack_id: pack, profile, risk_budget })
const balanced = async () => {
  const { profiles } = (await admin.ask(`GET /admin/risk-profiles?pack_id=${pack}`)).body
  return profiles.find((each: { profile: string }) => each.profile === 'balanced')
}

describe('risk profiles', () => {
  it('start with version 1 of what the packs say, under the sha that lineages carry', async () => {
    const { profiles } = (await admin.ask('GET /admin/risk-profiles')).body
    expect(profiles).toHaveLength(15)
    const first = await balanced()
    const { budget, riskFields } = admin.workspace.packStore.riskBudget(pack, 'balanced')
    expect(first).toMatchObject({ version: 1, risk_budget: budget, risk_sha: shaOf(riskFields) })
    expect(first.history).toHaveLength(1)
  })

  it('get a new version with each change, which pack.yaml takes without losing a comment', async () => {
    const path = join(admin.workspace.root, 'packs', pack, 'pack.yaml')
    const before = await readFile(path, 'utf8')
    const old = await balanced()
    const { body } = await patch({ min_trades: 6, max_dd: 0.2 })
    expect(body).toMatchObject({ version: 2, diff: [{ rule: 'min_trades', from: 20, to: 6 }] })
    expect(await readFile(path, 'utf8')).toBe(before.replace(/(balanced:[\s\S]*?min_trades: )20/, '$16'))
    const now = await balanced()
    expect(now).toMatchObject({
      version: 2,
      risk_sha: body.risk_sha,
      risk_budget: { ...old.risk_budget, min_trades: 6 },
    })
    expect(now.history.map(({ risk_sha }: { risk_sha: string }) => risk_sha)).toEqual([
      body.risk_sha,
      old.risk_sha,
    ])
    expect((await patch({ min_trades: 6 })).body).toMatchObject({ version: 2, diff: [] })
    expect((await patch({ min_trades: 20 })).body).toMatchObject({ version: 3, risk_sha: old.risk_sha })
  })

  it('notice what was edited by hand', async () => {
    await balanced()
    const path = join(admin.workspace.root, 'packs', pack, 'pack.yaml')
    await writeFile(path, (await readFile(path, 'utf8')).replace('min_trades: 20', 'min_trades: 25'))
    admin.workspace.packStore.rescan()
    expect(await balanced()).toMatchObject({ version: 2, risk_budget: { min_trades: 25 } })
  })

  it('refuse unknown rules, limits out of range and unknown packs', async () => {
    for (const budget of [{ max_drawdown: 0.1 }, { max_dd: 7 }, { max_dd: null }]) {
      const { status, body } = await patch(budget)
      expect([status, body.error.code]).toEqual([400, 'INVALID_PARAM'])
    }
    expect((await patch({}, 'reckless')).status).toBe(400)
    expect((await admin.ask('GET /admin/risk-profiles?pack_id=nope')).status).toBe(404)
    expect((await balanced()).version).toBe(1)
  })
})

describe('flags', () => {
  it('say what they do, and demand tokens of scripts once told to', async () => {
    const { flags } = (await admin.ask('GET /admin/flags')).body
    expect(flags.map(({ key, enabled }: Record<string, unknown>) => [key, enabled])).toEqual([
      ['sample_data', true],
      ['require_token', false],
    ])
    expect(flags.every(({ description }: { description: string }) => description.length > 20)).toBe(true)
    expect((await admin.ask('GET /packs', null, null)).status).toBe(200)
    const { body } = await admin.ask('PATCH /admin/flags', { key: 'require_token', enabled: true })
    expect(body.flag).toMatchObject({ key: 'require_token', enabled: true, updated_at: expect.any(String) })
    expect((await admin.ask('GET /packs', null, null)).status).toBe(401)
    expect((await admin.ask('GET /packs')).status).toBe(200)
    await admin.ask('PATCH /admin/flags', { key: 'require_token', enabled: false })
    expect((await admin.ask('GET /packs', null, null)).status).toBe(200)
  })
})

it('GET /admin/health tells the state of ledger, schema, cache, workers and disk', async () => {
  const { body } = await admin.ask('GET /admin/health')
  expect(body).toMatchObject({
    db: { ok: true, faults: [], free_pages: expect.any(Number) },
    cache: { bytes: 0, files: 0 },
    workers: { threads: 2, busy: 0, queued: 0 },
  })
  expect(body.db.bytes).toBe(body.db.page_count * body.db.page_size)
  expect(body.db.wal_bytes).toBeGreaterThan(0)
  expect(body.migrations.applied).toHaveLength(body.migrations.current)
  expect(body.migrations.applied[0]).toBe('0001_jobs.sql')
  expect(body.disk.free_bytes).toBeGreaterThan(0)
  expect(body.disk.total_bytes).toBeGreaterThanOrEqual(body.disk.free_bytes)
})
