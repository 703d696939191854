import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Role } from '#shared/contract/endpoint.ts'
import { SigmaError } from '#shared/errors.ts'
import type { Accounts, Actor } from './accounts.ts'
import { type BrowserSessions, createBrowserSessions } from './browser-session.ts'

export interface Security {
  readonly auth: 'local' | 'always'
  readonly allowHosts: readonly string[]
  readonly accounts: Accounts
  readonly sessions: BrowserSessions
}

export function createSecurity(options: {
  auth: 'local' | 'always'
  allowHosts?: readonly string[]
  accounts: Accounts
  /** Asked at each request: an admin may demand tokens of everybody while the host runs. */
  requireToken?: () => boolean
  now?: () => number
}): Security {
  const { accounts, allowHosts = [], requireToken = () => false, now = Date.now } = options
  return {
    get auth() {
      return options.auth === 'always' || requireToken() ? 'always' : 'local'
    },
    allowHosts,
    accounts,
    sessions: createBrowserSessions(accounts, now),
  }
}

/** What a route lets in: the page and its files are for everyone on this machine, endpoints follow the rules below. */
export interface RouteAccess {
  access?: 'page' | 'api'
  role?: Role
  /** Whatever its method, it changes nothing. */
  reads?: boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null
  }
  interface FastifyContextConfig extends RouteAccess {}
}

const here: Actor = { id: null, name: 'local', role: 'trader' }
const rank: Record<Role, number> = { viewer: 0, trader: 1, admin: 2 }

/** Puts the door of trust.md 3 before every route, found or not. */
export function guardServer(server: FastifyInstance, security: Security): void {
  server.decorateRequest('actor', null)
  // Left to itself, Node refuses an expectation that it does not know before any rule here has seen the request.
  server.server.on('checkExpectation', (request, reply) => server.server.emit('request', request, reply))
  server.addHook('onRequest', async (request, reply) => {
    setSecurityHeaders(reply)
    checkHost(request, security)
    request.actor = admit(request, security)
  })
}

/**
 * Only names of this machine are answered. Without this a foreign name that resolves to 127.0.0.1 would make Origin and
 * Host agree, and the page behind it would read everything (DNS rebinding).
 */
export function checkHost(
  request: Pick<FastifyRequest, 'headers' | 'server' | 'url'>,
  { allowHosts }: Security,
): void {
  const address = request.server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 80
  const given = request.headers.host?.toLowerCase() ?? ''
  const [name, givenPort = '80', rest] = given.split(':')
  const isOurs =
    rest === undefined && givenPort === String(port) && (name === '127.0.0.1' || name === 'localhost')
  const isAllowed = allowHosts.some(
    (each) => given === each.toLowerCase() || given === `${each.toLowerCase()}:${port}`,
  )
  // A request line with a host of its own (`GET http://…`) is for proxies, and this is none.
  const isForProxy = /^[a-z]+:/i.test(request.url)
  if (isForProxy || (!isOurs && !isAllowed)) {
    throw new SigmaError(
      'FORBIDDEN',
      `host ${JSON.stringify(given)} is not served here; use 127.0.0.1:${port}`,
    )
  }
}

function admit(request: FastifyRequest, { auth, accounts, sessions }: Security): Actor | null {
  const { access, role, reads = false } = request.routeOptions.config
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (access === 'page' && isRead) return null

  const { authorization, origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const isBrowser = origin !== undefined || site !== undefined
  if (isBrowser && !isSameOrigin(request)) {
    throw new SigmaError('FORBIDDEN', `requests from ${origin ?? `a ${String(site)} page`} are refused`)
  }

  const holder = authorization === undefined ? undefined : holderOf(authorization, accounts)
  const actor = holder ?? sessions.actorOf(request.headers.cookie, portOf(request))
  const isAdminOnly = role === 'admin' || isAdminPath(request)
  if (isAdminOnly && (actor === undefined || actor.id === null)) throw tokenNeeded('admin endpoints')
  if (actor === undefined && isBrowser)
    throw tokenNeeded('browsers', ' or the link that the server prints at start')
  if (auth === 'always' && (actor === undefined || actor.id === null)) throw tokenNeeded('requests')

  const known = actor ?? here
  const needed: Role = isAdminOnly ? 'admin' : (role ?? (isRead || reads ? 'viewer' : 'trader'))
  if (rank[known.role] < rank[needed]) {
    throw new SigmaError('FORBIDDEN', `${known.name} has role ${known.role}; this needs role ${needed}`)
  }
  return known
}

/** A wrong token is refused even where none is needed: whoever sends one relies on it. */
function holderOf(authorization: string, accounts: Accounts): Actor {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  const holder = token === undefined ? undefined : accounts.actorOfToken(token)
  if (holder === undefined) throw new SigmaError('UNAUTHORIZED', 'the token is not valid in this workspace')
  return holder
}

function isSameOrigin({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin, host } = headers
  return origin === undefined || origin.toLowerCase() === `http://${host?.toLowerCase()}`
}

function isAdminPath(request: FastifyRequest): boolean {
  return /^\/admin(\/|\?|$)/.test(request.routeOptions.url ?? request.url)
}

function tokenNeeded(who: string, or = ''): SigmaError {
  return new SigmaError('UNAUTHORIZED', `${who} need a token (Authorization: Bearer …)${or}`)
}

export function portOf(request: Pick<FastifyRequest, 'server'>): number {
  const address = request.server.server.address()
  return typeof address === 'object' && address !== null ? address.port : 80
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; " +
    "font-src 'self' data:; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

function setSecurityHeaders(reply: FastifyReply): void {
  reply.headers(securityHeaders)
}
