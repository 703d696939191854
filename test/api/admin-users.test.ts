import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createAccounts } from '#main/services/accounts.ts'
import { type AdminServer, startAdminServer } from '#test/admin-server.ts'
import { tokens } from '#test/test-server.ts'

let admin: AdminServer
beforeEach(async () => {
  admin = await startAdminServer()
})
afterEach(() => admin.close())

const fileToken = async () => (await readFile(join(admin.workspace.root, '.token'), 'utf8')).trim()

it('lets somebody in with a token that is shown once', async () => {
  const { body } = await admin.ask('POST /admin/users', { email: 'Ann@Example.org', role: 'trader' })
  expect(body).toMatchObject({ user: { id: 4, email: 'ann@example.org', role: 'trader' } })
  expect((await admin.ask('GET /packs', null, body.token_once)).status).toBe(200)
  const { users } = (await admin.ask('GET /admin/users')).body
  expect(users).toHaveLength(4)
  expect(JSON.stringify(users)).not.toContain(body.token_once)
  const again = await admin.ask('POST /admin/users', { email: 'ANN@example.org', role: 'admin' })
  expect([again.status, again.body.error.code]).toEqual([409, 'CONFLICT'])
})

it('ends the old token at once when it is rotated', async () => {
  const { body } = await admin.ask('POST /admin/users/2/rotate_token')
  expect(body.token_once).toMatch(/^[0-9a-f]{64}$/)
  expect((await admin.ask('GET /packs', null, tokens.trader)).status).toBe(401)
  expect((await admin.ask('GET /packs', null, body.token_once)).status).toBe(200)
  expect(await fileToken()).toBe(admin.ownToken)
})

it('writes the owner’s new token to the file of the workspace, for its owner’s eyes only', async () => {
  const { token_once } = (await admin.ask('POST /admin/users/1/rotate_token')).body
  expect(await fileToken()).toBe(token_once)
  expect((await stat(join(admin.workspace.root, '.token'))).mode & 0o777).toBe(0o600)
  expect((await admin.ask('GET /admin/users')).status).toBe(401)
  expect((await admin.ask('GET /admin/users', null, token_once)).status).toBe(200)
})

it('keeps the owner’s old token, in the file too, when the rotation cannot be recorded', async () => {
  admin.failAudit(true)
  expect((await admin.ask('POST /admin/users/1/rotate_token')).status).toBe(500)
  admin.failAudit(false)
  expect(await fileToken()).toBe(admin.ownToken)
  expect((await admin.ask('GET /admin/users')).status).toBe(200)
})

it('stores no token anywhere, not even for a repeated request', async () => {
  const key = { 'idempotency-key': 'once' }
  const first = await admin.ask('POST /admin/users/2/rotate_token', null, admin.ownToken, key)
  const second = await admin.ask('POST /admin/users/2/rotate_token', null, admin.ownToken, key)
  expect(second.body).toEqual({ ok: true, token_once: null })
  const { token_once } = first.body
  expect((await admin.ask('GET /packs', null, token_once)).status).toBe(200)
  const { root } = admin.workspace
  for (const name of ['ledger.db', 'ledger.db-wal']) {
    expect((await readFile(join(root, name))).includes(token_once)).toBe(false)
  }
})

it('changes roles, but leaves the last admin one', async () => {
  const last = await admin.ask('PATCH /admin/users/1', { role: 'viewer' })
  expect([last.status, last.body.error.code]).toEqual([409, 'CONFLICT'])
  expect((await admin.ask('PATCH /admin/users/2', { role: 'admin' })).body.user.role).toBe('admin')
  expect((await admin.ask('GET /admin/users', null, tokens.trader)).status).toBe(200)
  expect((await admin.ask('PATCH /admin/users/1', { role: 'viewer' })).body.user.role).toBe('viewer')
  expect((await admin.ask('GET /admin/users')).status).toBe(403)
})

it('gives a host that starts after the owner was demoted the same owner, and no other admin’s token away', async () => {
  await admin.ask('PATCH /admin/users/2', { role: 'admin' })
  await admin.ask('PATCH /admin/users/1', { role: 'viewer' })
  const accounts = createAccounts(admin.workspace.ledger, await fileToken())
  expect(accounts.owner).toBe(1)
  expect(accounts.actorOfToken(tokens.trader)).toMatchObject({ id: 2, role: 'admin' })
})

it('knows no user 99', async () => {
  for (const how of ['PATCH /admin/users/99', 'POST /admin/users/99/rotate_token']) {
    const { status, body } = await admin.ask(how, how.startsWith('PATCH') ? { role: 'viewer' } : null)
    expect([status, body.error.code]).toEqual([404, 'NOT_FOUND'])
  }
})
