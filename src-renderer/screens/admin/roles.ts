import type { InputOf, ReplyOf } from '#shared/contract/index.ts'

export type User = ReplyOf<'listUsers'>['users'][number]
export type Role = InputOf<'updateUser'>['body']['role']

/** What each role may, the least first. */
export const roles: readonly { role: Role; may: string }[] = [
  { role: 'viewer', may: 'read everything but the admin pages' },
  { role: 'trader', may: 'read, build, sweep, train, and edit packs' },
  { role: 'admin', may: 'all that, and let others in' },
]
