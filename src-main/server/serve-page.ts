import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { SigmaError } from '#shared/errors.ts'
import { renderClient } from './client-source.ts'
import { renderDocsPage } from './docs-page.ts'
import { renderGuide } from './guide-page.ts'
import { describeApi } from './openapi.ts'
import { portOf, type Security } from './security.ts'

export interface PageOptions {
  security: Security
  /** Folder with the built page; a note on how to build it is shown where it is missing. */
  rendererDir: string
  /** Folder with the pages that are read. */
  guideDir: string
  version: string
}

/** The page, its files, the one-time link that signs a browser in, and the documents about the API. */
export function servePage(
  server: FastifyInstance,
  { security, rendererDir, guideDir, version }: PageOptions,
): void {
  const isBuilt = existsSync(join(rendererDir, 'index.html'))
  const page = { config: { access: 'page' } } as const

  server.register(async (files) => {
    files.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'page' }
    })
    if (isBuilt) {
      // One route a file: nothing outside this list can be asked for.
      await files.register(fastifyStatic, {
        root: rendererDir,
        wildcard: false,
        index: false,
        cacheControl: false,
        setHeaders: (reply, path) => {
          const isHashed = /-[\w-]{8,}\.\w+$/.test(path)
          reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
        },
      })
    }
    files.get('/', (request, reply) => {
      if (isPersonNavigating(request) && security.auth === 'local') signInHere(request, reply, security)
      return isBuilt ? reply.sendFile('index.html') : reply.type('text/html; charset=utf-8').send(notBuilt)
    })
  })

  server.get<{ Querystring: { key?: string } }>('/open', page, (request, reply) => {
    const port = portOf(request)
    const userId = security.sessions.redeem(String(request.query.key ?? ''))
    if (userId !== undefined) {
      reply.header('set-cookie', security.sessions.cookieFor(userId, port))
    } else if (security.sessions.actorOf(request.headers.cookie, port) === undefined) {
      throw new SigmaError(
        'UNAUTHORIZED',
        'this link was used or has expired; the server prints a new one at start',
      )
    }
    return reply.redirect('/', 303)
  })

  // Written once, and not before somebody reads it.
  const pages = new Map<string, string>()
  const written = (name: string, write: () => string): string => {
    const page = pages.get(name) ?? write()
    pages.set(name, page)
    return page
  }
  server.get('/openapi.json', (_, reply) => {
    const api = written('api', () => JSON.stringify({ ok: true, ...describeApi(version) }))
    return reply.type('application/json; charset=utf-8').send(api)
  })
  server.get('/docs', (_, reply) => {
    const docs = written('docs', () => renderDocsPage(version))
    return reply.type('text/html; charset=utf-8').send(docs)
  })
  server.get('/guide/methods', async (_, reply) => {
    const page = renderGuide(await readFile(join(guideDir, 'methods.md'), 'utf8'))
    return reply.type('text/html; charset=utf-8').send(page)
  })
  server.get('/client.ts', (_, reply) =>
    reply.type('text/plain; charset=utf-8').send(written('client', () => renderClient(version))),
  )
}

/**
 * A page load that a person began in the address bar, or that this page began itself. Browsers set these headers, no web page
 * can; what the cookie then allows, any script on this machine may do in the mode `local` anyway.
 */
function isPersonNavigating({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  return (site === 'none' || site === 'same-origin') && headers['sec-fetch-mode'] === 'navigate'
}

function signInHere(request: FastifyRequest, reply: FastifyReply, { sessions }: Security): void {
  const port = portOf(request)
  if (sessions.actorOf(request.headers.cookie, port) !== undefined) return
  reply.header('set-cookie', sessions.cookieFor(null, port))
}

const notBuilt = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sigma Lab</title></head><body>
<h1>Sigma Lab is running</h1><p>The page of the workstation is not built yet: run <code>npm run build</code> and load this again.</p>
<p>The API answers meanwhile: <a href="/docs">documentation</a>.</p></body></html>`
