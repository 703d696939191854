import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { User } from '#main/ledger/users.ts'
import type { RecordAudit } from '#main/server/audit-trail.ts'
import { newToken, writeToken } from '#main/workspace/workspace.ts'
import type { InputOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { shaOfToken } from '../accounts.ts'
import type { ServiceContext } from '../context.ts'

interface Means extends Pick<ServiceContext, 'ledger' | 'root'> {
  /** Whose token the file `.token` of the workspace holds. */
  owner: number
}

/** People, their roles and their tokens. A token is in one reply and nowhere else; the ledger keeps its SHA-256. */
export function createAdminUsers({ ledger, root, owner }: Means) {
  const { users } = ledger
  const tokenFile = join(root, '.token')

  const existing = (id: number): User => {
    const user = users.get(id)
    if (user === undefined) throw new SigmaError('NOT_FOUND', `user ${id} does not exist`)
    return user
  }

  function setToken(id: number, token: string, record: RecordAudit): void {
    ledger.transaction(() => {
      users.setToken(id, shaOfToken(token))
      record({ details: { user_id: id } })
    })
  }

  /**
   * The file first: after a crash in between, the next start gives the file's token to its owner. The other way round it would
   * bring the old one back to life.
   */
  async function setOwnToken(token: string, record: RecordAudit): Promise<void> {
    const old = (await readFile(tokenFile, 'utf8')).trim()
    await writeToken(tokenFile, token)
    try {
      setToken(owner, token, record)
    } catch (error) {
      await writeToken(tokenFile, old)
      throw error
    }
  }

  return {
    list: async () => ({ users: users.list() }),

    async create({ email, role }: InputOf<'createUser'>['body'], record: RecordAudit) {
      const token = newToken()
      const user = ledger.transaction(() => {
        const id = users.add({ email: email.toLowerCase(), role, token_sha: shaOfToken(token) })
        record({ details: { user_id: id, role } })
        return existing(id)
      })
      return { user, token_once: token }
    },

    async update(userId: string, { role }: InputOf<'updateUser'>['body'], record: RecordAudit) {
      const id = Number(userId)
      const user = ledger.transaction(() => {
        const { role: was } = existing(id)
        const changed = users.setRole(id, role)
        record({ details: { user_id: id, was, role } })
        return changed
      })
      return { user }
    },

    async rotateToken(userId: string, record: RecordAudit) {
      const { id } = existing(Number(userId))
      const token = newToken()
      if (id === owner) await setOwnToken(token, record)
      else setToken(id, token, record)
      return { token_once: token }
    },
  }
}
