import type { Role } from '#shared/contract/endpoint.ts'
import { SigmaError } from '#shared/errors.ts'
import type { Clock, Query } from './query.ts'

export interface User {
  id: number
  email: string
  role: Role
  created_at: string
  last_active: string | null
}

const selection = 'SELECT id, email, role, created_at, last_active FROM users'

/** Who may do what. Tokens are kept as SHA-256 only. */
export function createUsers({ all, get, run, transaction }: Query, clock: Clock) {
  const existing = (id: number): User => {
    const user = get<User>(`${selection} WHERE id = ?`, id)
    if (!user) throw new SigmaError('NOT_FOUND', `user ${id} does not exist`)
    return user
  }
  return {
    /** CONFLICT where the email is somebody's already. */
    add(user: { email: string; role: Role; token_sha: string | null }): number {
      return transaction(() => {
        if (get('SELECT id FROM users WHERE email = ?', user.email)) {
          throw new SigmaError('CONFLICT', `there is a user ${user.email} already`)
        }
        return run(
          'INSERT INTO users (email, role, token_sha, created_at) VALUES (?, ?, ?, ?)',
          user.email,
          user.role,
          user.token_sha,
          clock(),
        ).id
      })
    },
    get: (id: number) => get<User>(`${selection} WHERE id = ?`, id),
    list: () => all<User>(`${selection} ORDER BY id`),
    findByTokenSha: (token_sha: string) => get<User>(`${selection} WHERE token_sha = ?`, token_sha),
    /** What browser sessions of a user are signed with: void once the token is rotated. */
    tokenShaOf: (id: number): string | undefined =>
      get<{ token_sha: string | null }>('SELECT token_sha FROM users WHERE id = ?', id)?.token_sha ??
      undefined,
    /** CONFLICT for the last admin: somebody must be able to let others in. */
    setRole(id: number, role: Role): User {
      return transaction(() => {
        const user = existing(id)
        const admins = get<{ n: number }>(`SELECT count(*) AS n FROM users WHERE role = 'admin'`)?.n ?? 0
        if (user.role === 'admin' && role !== 'admin' && admins === 1) {
          throw new SigmaError('CONFLICT', `user ${id} is the last admin and cannot become ${role}`)
        }
        run('UPDATE users SET role = ? WHERE id = ?', role, id)
        return { ...user, role }
      })
    },
    /** The old token is void from here on. */
    setToken(id: number, token_sha: string): void {
      run('UPDATE users SET token_sha = ? WHERE id = ?', token_sha, existing(id).id)
    },
    touch: (id: number): void => {
      run('UPDATE users SET last_active = ? WHERE id = ?', clock(), id)
    },
  }
}
