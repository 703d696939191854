import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { AuditEntry } from '#main/server/audit-trail.ts'
import { buildServer, type ServerOptions } from '#main/server/build-server.ts'
import type { IdempotencyRecord, IdempotencyStore } from '#main/server/idempotency.ts'
import { type Accounts, type Actor, createSecurity, type Security } from '#main/server/security.ts'
import type { Services } from '#main/services/index.ts'

export const tokens = { admin: 'admin-token', trader: 'trader-token', viewer: 'viewer-token' } as const

/** Three people; `rotate` gives one of them a new token. */
export function testAccounts(): Accounts & { rotate: (id: number, token: string) => void } {
  const actors: Actor[] = [
    { id: 1, name: 'ada', role: 'admin' },
    { id: 2, name: 'tom', role: 'trader' },
    { id: 3, name: 'vic', role: 'viewer' },
  ]
  const tokenOf = new Map<number | null, string>([
    [1, tokens.admin],
    [2, tokens.trader],
    [3, tokens.viewer],
  ])
  return {
    actorOfToken: (token) => actors.find(({ id }) => tokenOf.get(id) === token),
    actorOfId: (id) => actors.find((each) => each.id === id),
    sessionSecret: (id) => {
      const token = tokenOf.get(id ?? 1)
      return token && createHash('sha256').update(token).digest('hex')
    },
    rotate: (id, token) => tokenOf.set(id, token),
  }
}

export function testIdempotency(): IdempotencyStore & { entries: Map<string, IdempotencyRecord> } {
  const entries = new Map<string, IdempotencyRecord>()
  return {
    entries,
    begin: (operation, key, request_sha) => {
      const known = entries.get(`${operation} ${key}`)
      if (known === undefined) entries.set(`${operation} ${key}`, { request_sha, status: null, reply: null })
      return known
    },
    finish: (operation, key, status, reply) => {
      const entry = entries.get(`${operation} ${key}`)
      if (entry !== undefined) entries.set(`${operation} ${key}`, { ...entry, status, reply })
    },
    release: (operation, key) => void entries.delete(`${operation} ${key}`),
  }
}

export interface TestServer {
  server: FastifyInstance
  security: Security
  accounts: ReturnType<typeof testAccounts>
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
  const accounts = testAccounts()
  const security = createSecurity({ auth, allowHosts, accounts, ...(now === undefined ? {} : { now }) })
  const audit: AuditEntry[] = []
  const log: string[] = []
  const all = new Proxy(services, { get: (target, name) => Reflect.get(target, name) ?? {} })
  const server = await buildServer({
    services: all as unknown as Services,
    security,
    idempotency: testIdempotency(),
    audit: (entry) => audit.push(entry),
    rendererDir: '/nowhere',
    version: '0.0.0',
    log: (line) => log.push(line),
    ...rest,
  })
  return { server, security, accounts, audit, log }
}
