import { createHash } from 'node:crypto'
import type { Ledger } from '#main/ledger/ledger.ts'
import type { User } from '#main/ledger/users.ts'
import type { Accounts, Actor } from '#main/server/accounts.ts'

/** `last_active` is for people to look at: once in ten minutes is enough. */
const touchEvery = 10 * 60 * 1000

/**
 * The accounts of a workspace. The token in its `.token` file belongs to the first admin, who is made here if there is none.
 * Tokens are looked up by their SHA-256, so how long a look-up takes says nothing about the token.
 */
export function createAccounts(
  { users }: Pick<Ledger, 'users'>,
  workspaceToken: string,
): Accounts & { owner: number } {
  const owner = ensureOwner(users, shaOfToken(workspaceToken))
  const touched = new Map<number, number>()
  return {
    owner,
    actorOfToken(token) {
      const user = users.findByTokenSha(shaOfToken(token))
      if (user === undefined) return undefined
      const now = Date.now()
      if (now - (touched.get(user.id) ?? 0) > touchEvery) {
        touched.set(user.id, now)
        users.touch(user.id)
      }
      return actorOf(user)
    },
    actorOfId(id) {
      const user = users.get(id)
      return user && actorOf(user)
    },
    sessionSecret: (id) => users.tokenShaOf(id ?? owner),
  }
}

export function shaOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Whoever holds the workspace's token keeps it, even when no longer an admin; a token that is nobody's goes to the first admin. */
function ensureOwner(users: Ledger['users'], token_sha: string): number {
  const holder = users.findByTokenSha(token_sha)
  if (holder !== undefined) return holder.id
  const first = users.list().find(({ role }) => role === 'admin')
  if (first === undefined) return users.add({ email: 'owner@localhost', role: 'admin', token_sha })
  users.setToken(first.id, token_sha)
  return first.id
}

function actorOf({ id, email, role }: User): Actor {
  return { id, name: email, role }
}
