import fastifySse from '@fastify/sse'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { asUser } from '#main/jobs/asking-user.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract } from '#shared/contract/index.ts'
import type { EventMessage } from '#shared/contract/jobs.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import { renderReply } from '#shared/json-text.ts'
import type { Services } from '../services/index.ts'
import { type AuditEntry, entryOf, keepAuditTrail, type RecordAudit } from './audit-trail.ts'
import { compileWhenAsked } from './compile-when-asked.ts'
import { errorBody, pathOf, replyWithError } from './error-reply.ts'
import { streamEvents } from './event-stream.ts'
import type { RequestContext } from './handlers.ts'
import { honourIdempotencyKeys, type IdempotencyStore } from './idempotency.ts'
import { createHandlers } from './routes/index.ts'
import { checkHost, guardServer, portOf, type Security } from './security.ts'
import { servePage } from './serve-page.ts'
import { acceptUploads, checkUpload, isUploading } from './uploads.ts'
import { ajvOptions, coerceQuery } from './validation.ts'

export interface ServerOptions {
  services: Services
  security: Security
  idempotency: IdempotencyStore
  audit: (entry: AuditEntry) => void
  /** Folder with the built page. */
  rendererDir: string
  /** Folder with the pages that are read. */
  guideDir: string
  version: string
  /** Takes one line for each failure that the client sees masked. */
  log: (line: string) => void
  /** For tests of slow clients and of the event stream. */
  timeouts?: { headersMs?: number; requestMs?: number; heartbeatMs?: number }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operationId?: string
    secret?: string
  }
}

type AnyHandler = (input: object, context: RequestContext) => unknown

const bodyLimit = 1024 * 1024

/** The HTTP server of the host, not listening yet: every operation of the contract, the page, the event stream. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { services, security, log, timeouts = {} } = options
  const { headersMs = 10_000, requestMs = 60_000, heartbeatMs = 15_000 } = timeouts
  const server = fastify({
    logger: false,
    bodyLimit,
    forceCloseConnections: true,
    keepAliveTimeout: 72_000,
    requestTimeout: requestMs,
    http: {
      requireHostHeader: false,
      headersTimeout: headersMs,
      connectionsCheckingInterval: Math.min(headersMs, 5000),
    },
    ajv: { customOptions: ajvOptions },
    schemaController: { compilersFactory: { buildValidator: compileWhenAsked } },
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: (error, request, reply) => {
      try {
        checkHost(request, security)
        replyWithError(error, request, reply, log)
      } catch (refusal) {
        replyWithError(refusal, request, reply, log)
      }
    },
  })
  acceptJsonOnly(server)
  server.decorateRequest('upload', null)
  server.setErrorHandler((error, request, reply) => replyWithError(error, request, reply, log))

  guardServer(server, security)
  keepAuditTrail(server, options.audit, log)
  honourIdempotencyKeys(server, options.idempotency)
  server.setNotFoundHandler((request) => {
    throw new SigmaError('NOT_FOUND', unknownRoute(request))
  })
  await server.register(fastifySse, { heartbeatInterval: heartbeatMs })

  const handlers = createHandlers(services)
  for (const [operationId, endpoint] of Object.entries<Endpoint>(contract)) {
    const handler = handlers[operationId as keyof typeof handlers] as AnyHandler
    const add = (scope: FastifyInstance) => addRoute(scope, operationId, endpoint, handler, options)
    const { uploads } = endpoint
    if (uploads === undefined) add(server)
    else {
      await server.register(async (scope) => {
        acceptUploads(scope, uploads)
        add(scope)
      })
    }
  }
  servePage(server, options)
  return server
}

/** An empty body passes where none is wanted: clients that always name a type send it with nothing. */
function acceptJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.removeAllContentTypeParsers()
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '' && request.routeOptions.schema?.body === undefined) done(null)
    else void parse(request, body, done)
  })
}

function addRoute(
  server: FastifyInstance,
  operationId: string,
  endpoint: Endpoint,
  handler: AnyHandler,
  { audit, security }: Pick<ServerOptions, 'audit' | 'security'>,
): void {
  const { method, path, params, query, body, status = 200, role, kind, secret, reads, uploads } = endpoint
  const bodySchema = uploads === undefined ? body : { content: { 'application/json': { schema: body } } }
  server.route({
    method,
    url: path,
    schema: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { querystring: query }),
      ...(body === undefined ? {} : { body: bodySchema }),
    },
    config: {
      operationId,
      ...(role === undefined ? {} : { role }),
      ...(secret === undefined ? {} : { secret }),
      ...(reads === undefined ? {} : { reads }),
    },
    ...(kind === 'sse' ? { sse: 'dual' as const } : {}),
    preValidation: async (request) => {
      if (uploads !== undefined) checkUpload(request, uploads)
      if (query !== undefined) request.query = coerceQuery(query, request.query as Record<string, unknown>)
    },
    handler: async (request, reply) => {
      const input = { params: request.params, query: request.query, body: request.body }
      const record: RecordAudit = (note) => {
        audit({ ...entryOf(request, status), ...note })
        request.isRecorded = true
      }
      const context = {
        ...contextOf(request, reply, security),
        record,
        get signal() {
          return signalOfLeaving(reply)
        },
      }
      if (kind === 'sse') {
        return streamEvents(reply, handler(input, context) as AsyncIterable<EventMessage>, context.signal)
      }
      const result = (await asUser(context.actor.id, () => handler(input, context))) as Record<
        string,
        unknown
      >
      reply.code(status).type('application/json; charset=utf-8')
      return renderReply({ ok: true, ...result })
    },
  })
}

function contextOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { sessions }: Security,
): Omit<RequestContext, 'record' | 'signal'> {
  const actor = request.actor ?? { id: null, name: 'local', role: 'viewer' }
  const lastEventId = request.headers['last-event-id']
  return {
    actor,
    signIn: () => void reply.header('set-cookie', sessions.cookieFor(actor.id, portOf(request))),
    signOut: () => void reply.header('set-cookie', sessions.noCookie(portOf(request))),
    upload: request.upload ?? undefined,
    lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
  }
}

/** Made for those who ask: an abort costs more than a short reply. */
function signalOfLeaving(reply: FastifyReply): AbortSignal {
  const leaving = new AbortController()
  reply.raw.once('close', () => leaving.abort())
  return leaving.signal
}

function unknownRoute({ method, url }: FastifyRequest): string {
  const path = pathOf(url).slice(0, 200)
  const methods = Object.values<Endpoint>(contract)
    .filter((each) => each.path === path)
    .map((each) => each.method)
  if (methods.length > 0) return `${path} answers ${methods.join(', ')}, not ${method}`
  const known = Object.values<Endpoint>(contract).map((each) => each.path)
  return `there is no ${method} ${path}${didYouMean(path, known)}`
}

/** What is not even HTTP, or comes too slowly, never reaches a route. */
function answerBrokenHttp(
  error: Error & { code?: string },
  socket: { writable: boolean; end: (text: string) => void; destroy: () => void },
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  if (isSlow && isUploading(socket)) return
  const message = isSlow ? 'the request came too slowly' : 'the request is not valid HTTP'
  const body = JSON.stringify(errorBody(new SigmaError('INVALID_PARAM', message)))
  const line = isSlow ? '408 Request Timeout' : '400 Bad Request'
  socket.end(
    `HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
