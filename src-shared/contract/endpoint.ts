import type { Static, TSchema } from 'typebox'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
export type Role = 'viewer' | 'trader' | 'admin'

/** A request as a caller writes it. */
export interface Example {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: object
}

/** One operation of the REST API. Types, validation, OpenAPI, the client and the docs all come from it. */
export interface Endpoint {
  readonly method: Method
  /** Fastify form: `/sweeps/:sweep_id`. */
  readonly path: string
  readonly summary: string
  readonly description?: string
  /** The router of the contract document, for grouping in the docs. */
  readonly tag: string
  /** A request that the schemas accept: the contract document's own where it has one. Docs, snippets and tests send it. */
  readonly example?: Example
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** Media types that may be streamed in place of a JSON body; the handler gets them as `context.upload`, its body null. */
  readonly uploads?: readonly string[]
  readonly reply: TSchema
  /** A success status other than 200. */
  readonly status?: 200 | 201 | 202
  /** Least role when a user is known; `admin` endpoints always demand a token. */
  readonly role?: Role
  /** A POST that answers and changes nothing: viewers may ask it, and the audit log has no row of it. */
  readonly reads?: boolean
  /** Field of the reply that is shown once: it is stored nowhere, and null when an Idempotency-Key asks for the reply again. */
  readonly secret?: string
  /** `sse` streams events and `file` sends bytes; the handler then writes to the raw reply. */
  readonly kind?: 'json' | 'sse' | 'file'
}

export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint
}

type Part<E, K extends keyof E> = E extends { [key in K]: infer S extends TSchema } ? Static<S> : undefined

/** What a caller gives: path parameters, query and body, each present only where the endpoint declares it. */
export type Input<E extends Endpoint> = {
  [K in ('params' | 'query' | 'body') & keyof E as E[K] extends TSchema ? K : never]: Part<E, K>
}

/** What the caller gets: the reply body without the `ok: true` that the server adds. */
export type Reply<E extends Endpoint> = Static<E['reply']>
