import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shaOf } from '#main/services/sha.ts'
import { evaluateGate } from '#shared/catalog/gates/evaluate-gate.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import { type AdminServer, startAdminServer } from '#test/admin-server.ts'
import { backtestRun } from '#test/ledger-rows.ts'

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

  it('lose a rule that is set to null, and its line in pack.yaml with it', async () => {
    await balanced()
    const { body } = await patch({ max_dd: null })
    expect(body).toMatchObject({ version: 2, diff: [{ rule: 'max_dd', from: 0.2, to: null }] })
    expect((await balanced()).risk_budget).not.toHaveProperty('max_dd')
  })

  it('tell what the program ships beside what was made of it', async () => {
    await patch({ min_trades: 6 })
    const { risk_budget, shipped } = await balanced()
    expect(shipped).toEqual({ ...risk_budget, min_trades: 20 })
  })

  it('notice what was edited by hand', async () => {
    await balanced()
    const path = join(admin.workspace.root, 'packs', pack, 'pack.yaml')
    await writeFile(path, (await readFile(path, 'utf8')).replace('min_trades: 20', 'min_trades: 25'))
    admin.workspace.packStore.rescan()
    expect(await balanced()).toMatchObject({ version: 2, risk_budget: { min_trades: 25 } })
  })

  it('refuse unknown rules, limits out of range and unknown packs', async () => {
    for (const budget of [{ max_drawdown: 0.1 }, { max_dd: 7 }, { max_drawdown: null }]) {
      const { status, body } = await patch(budget)
      expect([status, body.error.code]).toEqual([400, 'INVALID_PARAM'])
    }
    expect((await patch({}, 'reckless')).status).toBe(400)
    expect((await admin.ask('GET /admin/risk-profiles?pack_id=nope')).status).toBe(404)
    expect((await balanced()).version).toBe(1)
  })
})

describe('a change of a risk budget that is only looked at', () => {
  const check = async (risk_budget: object) =>
    (await admin.ask('POST /admin/risk-profiles/check', { pack_id: pack, profile: 'balanced', risk_budget }))
      .body

  it('gives the sha that the change would have, and changes nothing', async () => {
    const looked = await check({ min_trades: 6, max_dd: null })
    expect(looked).toMatchObject({ problems: [], effect: { runs: 0, total: 0 } })
    expect((await balanced()).version).toBe(1)
    const { body } = await patch({ min_trades: 6, max_dd: null })
    expect(looked).toMatchObject({ risk_sha: body.risk_sha, diff: body.diff, risk_budget: body.risk_budget })
    expect(admin.workspace.ledger.audit.list({ limit: 10, offset: 0 }).total).toBe(1)
  })

  it('tells which runs of the pack it would let pass and which it would stop', async () => {
    const { backtestRuns } = admin.workspace.ledger
    const { risk_budget } = await balanced()
    const only = Object.fromEntries(Object.keys(risk_budget).map((rule) => [rule, null]))
    const unmeasured = { spread: null, open_interest: null, volume: null, fill_rate: null, adv: null }
    const ids = [0.1, 0.18, 0.25].map((max_dd) => {
      const metrics = { ...backtestRun().metrics, sessions: 250, max_dd } as RunMetrics
      const { gate, checks } = evaluateGate(
        { max_dd: risk_budget.max_dd },
        {
          ...{ metrics, capacity: unmeasured, assetType: 'opt', allowedHours: null, hasHours: false },
          ...{ leakageFlags: [], pbo: null, metricsByFold: [] },
        },
      )
      return backtestRuns.add(backtestRun({ config_key: String(max_dd), metrics, gate, checks }))
    })
    const tighter = (await check({ ...only, max_dd: 0.15 })).effect
    expect(tighter).toMatchObject({ runs: 3, total: 3, passing_now: 2, gains: [], losses: [String(ids[1])] })
    const wider = (await check({ ...only, max_dd: 0.3 })).effect
    expect(wider).toMatchObject({ gains: [String(ids[2])], losses: [] })
  })

  it('names each limit that cannot be taken', async () => {
    const { risk_sha, problems } = await check({ max_dd: 7, max_ddd: 1, min_trades: 4 })
    expect(risk_sha).toBeNull()
    expect(problems.map(({ rule }: { rule: string }) => rule)).toEqual(['max_dd', 'max_ddd'])
    expect(problems[1].message).toContain('did you mean max_dd?')
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
