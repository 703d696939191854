import type { FastifyInstance } from 'fastify'
import { createLedger, type Ledger } from '#main/ledger/ledger.ts'
import type { AuditEntry } from '#main/server/audit-trail.ts'
import { buildServer, type ServerOptions } from '#main/server/build-server.ts'
import { createSecurity, type Security } from '#main/server/security.ts'
import { createAccounts, shaOfToken } from '#main/services/accounts.ts'
import type { Services } from '#main/services/index.ts'

export const tokens = { admin: 'admin-token', trader: 'trader-token', viewer: 'viewer-token' } as const

/** An empty ledger in memory. */
export function emptyLedger(): Ledger {
  return createLedger({
    path: ':memory:',
    migrationsDir: new URL('../../src-main/ledger/migrations', import.meta.url).pathname,
    clock: () => new Date().toISOString(),
  })
}

/** Three people for a ledger without any: admin 1, trader 2, viewer 3. */
export function addPeople(ledger: Ledger): Ledger {
  for (const role of ['admin', 'trader', 'viewer'] as const) {
    ledger.users.add({ email: `${role}@example.org`, role, token_sha: shaOfToken(tokens[role]) })
  }
  return ledger
}

export const testLedger = (): Ledger => addPeople(emptyLedger())

export interface TestServer {
  server: FastifyInstance
  security: Security
  ledger: Ledger
  audit: AuditEntry[]
  log: string[]
}

/** The server over the given services alone; any other service that a request reaches fails the request. */
export async function buildTestServer(
  services: Partial<{ [K in keyof Services]: Partial<Services[K]> }> = {},
  options: Partial<ServerOptions> & {
    auth?: 'local' | 'always'
    allowHosts?: string[]
    now?: () => number
  } = {},
): Promise<TestServer> {
  const { auth = 'local', allowHosts = [], now, ...rest } = options
  const ledger = testLedger()
  const accounts = createAccounts(ledger, tokens.admin)
  const security = createSecurity({ auth, allowHosts, accounts, ...(now === undefined ? {} : { now }) })
  const audit: AuditEntry[] = []
  const log: string[] = []
  const all = new Proxy(services, { get: (target, name) => Reflect.get(target, name) ?? {} })
  const server = await buildServer({
    services: all as unknown as Services,
    security,
    idempotency: ledger.idempotency,
    audit: (entry) => audit.push(entry),
    rendererDir: '/nowhere',
    guideDir: new URL('../../docs/guide', import.meta.url).pathname,
    version: '0.0.0',
    log: (line) => log.push(line),
    ...rest,
  })
  server.addHook('onClose', async () => ledger.close())
  return { server, security, ledger, audit, log }
}
