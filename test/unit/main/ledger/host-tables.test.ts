import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createLedger } from '#main/ledger/ledger.ts'
import { backtestRun, migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { temporaryFolder, temporaryLedger } from '#test/temp-ledger.ts'

describe('idempotency keys', () => {
  test('give the first reply to a repeated request', () => {
    const { idempotency } = temporaryLedger()
    expect(idempotency.begin('runSweep', 'k', 'sha')).toBeUndefined()
    expect(() => idempotency.begin('runSweep', 'k', 'sha')).toThrow('still being answered')
    idempotency.finish('runSweep', 'k', 202, { sweep_id: '1' })
    expect(idempotency.begin('runSweep', 'k', 'sha')).toEqual({ status: 202, reply: { sweep_id: '1' } })
    expect(() => idempotency.begin('runSweep', 'k', 'other')).toThrow('used with another request')
    expect(idempotency.begin('trainBatch', 'k', 'other')).toBeUndefined()
  })

  test('can be claimed again after a release or a crash', () => {
    const { idempotency } = temporaryLedger()
    idempotency.begin('a', 'k', 'sha')
    idempotency.release('a', 'k')
    expect(idempotency.begin('a', 'k', 'sha')).toBeUndefined()
    idempotency.sweepOut('2023-01-01')
    expect(idempotency.begin('a', 'k', 'sha')).toBeUndefined()
    idempotency.finish('a', 'k', 200, {})
    idempotency.release('a', 'k')
    expect(idempotency.begin('a', 'k', 'sha')).toEqual({ status: 200, reply: {} })
  })
})

describe('users', () => {
  test('keep at least one admin', () => {
    const { users } = temporaryLedger()
    const first = users.add({ email: 'a@example.org', role: 'admin', token_sha: 'x' })
    expect(() => users.setRole(first, 'viewer')).toThrow('last admin')
    const second = users.add({ email: 'b@example.org', role: 'trader', token_sha: null })
    users.setRole(second, 'admin')
    expect(users.setRole(first, 'viewer')).toMatchObject({ id: first, role: 'viewer' })
    expect(() => users.setRole(77, 'viewer')).toThrow('user 77 does not exist')
  })

  test('are known by their newest token only', () => {
    const { users } = temporaryLedger()
    const id = users.add({ email: 'a@example.org', role: 'admin', token_sha: 'old' })
    users.setToken(id, 'new')
    expect([users.findByTokenSha('old'), users.findByTokenSha('new')?.id]).toEqual([undefined, id])
  })
})

test('risk profiles keep every version and change it only with the budget', () => {
  const { riskProfiles } = temporaryLedger()
  const budget = { pack_id: 'p', profile: 'balanced' as const, risk_budget: { max_dd: 0.2 }, risk_sha: 'one' }
  expect([riskProfiles.add(budget), riskProfiles.add(budget)]).toEqual([1, 1])
  expect(riskProfiles.add({ ...budget, risk_budget: { max_dd: 0.1 }, risk_sha: 'two' })).toBe(2)
  riskProfiles.add({ ...budget, pack_id: 'q' })
  expect(riskProfiles.current('p', 'balanced')).toMatchObject({ version: 2, risk_budget: { max_dd: 0.1 } })
  expect(riskProfiles.list('p')).toHaveLength(1)
  expect(riskProfiles.list().map(({ pack_id, version }) => [pack_id, version])).toEqual([
    ['p', 2],
    ['q', 1],
  ])
})

test('the audit log filters by day, path and status, newest first', () => {
  let now = '2024-01-01T23:59:59.999Z'
  const { audit } = temporaryLedger(() => now)
  const row = {
    user_id: null,
    method: 'POST',
    path: '/train',
    status: 200,
    pack_id: 'p',
    model_id: 'm',
    details: null,
  }
  audit.add(row)
  now = '2024-01-02T00:00:00.000Z'
  audit.add({ ...row, status: 404, details: { flag: 'x' } })
  const ids = (filter: object) => audit.list({ limit: 10, offset: 0, ...filter }).rows.map(({ id }) => id)
  expect(ids({})).toEqual([2, 1])
  expect(ids({ end: '2024-01-01' })).toEqual([1])
  expect(ids({ start: '2024-01-02', status: 404 })).toEqual([2])
  expect(ids({ path: '/other' })).toEqual([])
})

test('flags and quotas are what was last set', () => {
  const { flags, quotas } = temporaryLedger()
  flags.set('beta', true)
  flags.set('beta', false)
  quotas.set('max_queue', 5)
  expect(flags.list()).toMatchObject([{ key: 'beta', enabled: false }])
  expect(quotas.list()).toEqual({ max_queue: 5 })
})

test('a backup of a ledger in use opens as a whole ledger', async () => {
  const ledger = temporaryLedger()
  for (let i = 0; i < 50; i++) ledger.backtestRuns.add(backtestRun())
  const copy = join(temporaryFolder(), 'copy.db')
  const writing = setInterval(() => ledger.backtestRuns.add(backtestRun()), 1)
  const bytes = await ledger.backup(copy)
  clearInterval(writing)
  expect(bytes).toBeGreaterThan(50_000)
  const restored = createLedger({ path: copy, migrationsDir, clock: tickingClock() })
  expect(restored.integrityCheck()).toEqual([])
  expect(restored.stats().runs).toBeGreaterThanOrEqual(50)
  restored.close()
})

test('a transaction is all or nothing over several repositories', () => {
  const ledger = temporaryLedger()
  const work = () => {
    ledger.quotas.set('max_queue', 1)
    ledger.transaction(() => ledger.backtestRuns.add(backtestRun()))
    throw new Error('and then this')
  }
  expect(() => ledger.transaction(work)).toThrow('and then this')
  expect([ledger.quotas.list(), ledger.stats().runs]).toEqual([{}, 0])
})
