import { expect, it } from 'vitest'
import { createAccounts, shaOfToken } from '#main/services/accounts.ts'
import { emptyLedger, testLedger, tokens } from '#test/test-server.ts'

it('knows people by their tokens, and nobody by any other', () => {
  const accounts = createAccounts(testLedger(), tokens.admin)
  expect(accounts.actorOfToken(tokens.viewer)).toEqual({ id: 3, name: 'viewer@example.org', role: 'viewer' })
  for (const wrong of ['', ' ', tokens.viewer.toUpperCase(), shaOfToken(tokens.viewer)]) {
    expect(accounts.actorOfToken(wrong)).toBeUndefined()
  }
})

it('gives the workspace’s token to the first admin', () => {
  const ledger = testLedger()
  const accounts = createAccounts(ledger, 'another')
  expect(accounts.owner).toBe(1)
  expect(accounts.actorOfToken('another')?.id).toBe(1)
  expect(accounts.actorOfToken(tokens.admin)).toBeUndefined()
})

it('makes an admin where there is none', () => {
  const ledger = emptyLedger()
  const { owner, actorOfToken } = createAccounts(ledger, 'first')
  expect(actorOfToken('first')).toEqual({ id: owner, name: 'owner@localhost', role: 'admin' })
  expect(createAccounts(ledger, 'first').owner).toBe(owner)
  expect(ledger.users.list()).toHaveLength(1)
})

it('notes when somebody was last here', () => {
  const ledger = testLedger()
  const accounts = createAccounts(ledger, tokens.admin)
  expect(ledger.users.get(2)?.last_active).toBeNull()
  accounts.actorOfToken(tokens.trader)
  expect(ledger.users.get(2)?.last_active).toMatch(/^20.*Z$/)
})
