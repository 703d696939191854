import type { Upload } from '#main/services/index.ts'
import type { Contract, InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import type { EventMessage } from '#shared/contract/jobs.ts'
import type { Rendered } from '#shared/json-text.ts'
import type { Actor } from './accounts.ts'
import type { RecordAudit } from './audit-trail.ts'

/** What a handler may know of its request beside the validated input. */
export interface RequestContext {
  readonly actor: Actor
  readonly record: RecordAudit
  /** Gives the browser the cookie of who asks, or takes it away. */
  readonly signIn: () => void
  readonly signOut: () => void
  /** Fires when the client has gone. */
  readonly signal: AbortSignal
  /** The file that came in place of a JSON body. */
  readonly upload: Upload | undefined
  /** Where a reconnecting event stream left off. */
  readonly lastEventId: string | undefined
}

type Handler<K extends OperationId> = Contract[K] extends { kind: 'sse' }
  ? (input: InputOf<K>, context: RequestContext) => AsyncIterable<EventMessage>
  : (input: InputOf<K>, context: RequestContext) => Rendered<ReplyOf<K>> | Promise<Rendered<ReplyOf<K>>>

/** One handler for each operation: a missing one does not compile. */
export type Handlers<K extends OperationId = OperationId> = { readonly [Key in K]: Handler<Key> }
