import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuditEntry } from '#main/server/audit-trail.ts'
import { createSecurity } from '#main/server/security.ts'
import { createAccounts, shaOfToken } from '#main/services/accounts.ts'
import { isFlagOn } from '#main/services/admin/flags.ts'
import { createAuditWriter } from '#main/services/audit.ts'
import { lightServices } from './light-services.ts'
import { buildTestServer, tokens } from './test-server.ts'
import { openTestWorkspace, type TestWorkspace } from './test-workspace.ts'

export interface AdminAnswer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what they have just asked for
  body: any
}

export interface AdminServer {
  workspace: TestWorkspace
  /** Of the workspace's own `.token`; belongs to user 1. */
  ownToken: string
  /** Asks as the holder of a token, as the owner unless said; null for none. */
  ask: (
    how: string,
    payload?: object | null,
    token?: string | null,
    headers?: Record<string, string>,
  ) => Promise<AdminAnswer>
  /** Fails the audit log from now on, or lets it work again. */
  failAudit: (fails: boolean) => void
  close: () => Promise<void>
}

/** A server over a workspace in a temporary folder, with its owner, a trader (2) and a viewer (3). */
export async function startAdminServer(): Promise<AdminServer> {
  const workspace = await openTestWorkspace()
  const { ledger, root } = workspace
  const ownToken = (await readFile(join(root, '.token'), 'utf8')).trim()
  const accounts = createAccounts(ledger, ownToken)
  for (const role of ['trader', 'viewer'] as const) {
    ledger.users.add({ email: `${role}@example.org`, role, token_sha: shaOfToken(tokens[role]) })
  }
  let isFailing = false
  const write = createAuditWriter(workspace)
  const audit = (entry: AuditEntry) => {
    if (isFailing) throw new Error('no audit')
    write(entry)
  }
  const requireToken = () => isFlagOn(ledger, 'require_token')
  const { server } = await buildTestServer(lightServices(workspace), {
    security: createSecurity({ auth: 'local', accounts, requireToken }),
    idempotency: ledger.idempotency,
    audit,
  })
  return {
    workspace,
    ownToken,
    async ask(how, payload = null, token = ownToken, headers = {}) {
      const [method, url] = how.split(' ') as ['GET', string]
      const reply = await server.inject({
        method,
        url,
        headers: { ...headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
        ...(payload && { payload }),
      })
      return { status: reply.statusCode, body: reply.json() }
    },
    failAudit(fails) {
      isFailing = fails
    },
    async close() {
      await server.close()
      await workspace.close()
    },
  }
}
