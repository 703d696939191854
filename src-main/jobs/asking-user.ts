import { AsyncLocalStorage } from 'node:async_hooks'

/** Id of a user; null for scripts of this machine that come without a token, which count as one user. */
export type UserId = number | null

const asking = new AsyncLocalStorage<UserId>()

/** Does work for a user: the jobs that it queues are theirs. */
export function asUser<T>(user: UserId, work: () => T): T {
  return asking.run(user, work)
}

/** Whom the present work is done for. */
export function askingUser(): UserId {
  return asking.getStore() ?? null
}
