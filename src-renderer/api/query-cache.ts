import type { InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { call } from './call.ts'

export interface QueryState<T> {
  readonly data: T | undefined
  readonly error: SigmaError | undefined
  /** True until the first answer, and again after an error while retrying. */
  readonly loading: boolean
}

interface Entry {
  operationId: OperationId
  input: unknown
  state: QueryState<unknown>
  listeners: Set<() => void>
  fetching: boolean
  stale: boolean
  timer: ReturnType<typeof setTimeout> | undefined
  lastFetch: number
}

/** A burst of events costs one refetch per query in this time. */
const REFETCH_EVERY_MS = 400
const KEEP_UNUSED = 60

const entries = new Map<string, Entry>()

export const queryKey = (operationId: OperationId, input: unknown) =>
  `${operationId} ${JSON.stringify(input)}`

function entryOf(operationId: OperationId, input: unknown): Entry {
  const key = queryKey(operationId, input)
  const known = entries.get(key)
  if (known !== undefined) return known
  const entry: Entry = {
    operationId,
    input,
    state: { data: undefined, error: undefined, loading: true },
    listeners: new Set(),
    fetching: false,
    stale: true,
    timer: undefined,
    lastFetch: 0,
  }
  entries.set(key, entry)
  forgetUnused()
  return entry
}

function forgetUnused(): void {
  if (entries.size <= KEEP_UNUSED) return
  for (const [key, entry] of entries) {
    if (entry.listeners.size === 0 && !entry.fetching && entries.size > KEEP_UNUSED) entries.delete(key)
  }
}

function publish(entry: Entry, state: QueryState<unknown>): void {
  entry.state = state
  for (const listener of entry.listeners) listener()
}

async function refetch(entry: Entry): Promise<void> {
  if (entry.fetching) {
    entry.stale = true
    return
  }
  entry.fetching = true
  entry.stale = false
  entry.lastFetch = performance.now()
  if (entry.state.error !== undefined) publish(entry, { ...entry.state, loading: true })
  try {
    const data = await call(entry.operationId, entry.input as InputOf<OperationId>)
    publish(entry, { data, error: undefined, loading: false })
  } catch (cause) {
    publish(entry, { data: entry.state.data, error: asSigmaError(cause), loading: false })
  } finally {
    entry.fetching = false
    if (entry.stale) schedule(entry)
  }
}

function schedule(entry: Entry): void {
  entry.stale = true
  if (entry.listeners.size === 0 || entry.timer !== undefined || entry.fetching) return
  const wait = Math.max(0, REFETCH_EVERY_MS - (performance.now() - entry.lastFetch))
  entry.timer = setTimeout(() => {
    entry.timer = undefined
    void refetch(entry)
  }, wait)
}

export const asSigmaError = (cause: unknown): SigmaError =>
  cause instanceof SigmaError ? cause : new SigmaError('INTERNAL', String(cause), { cause })

/** Follows one query; the first listener starts the fetch, a stale one fetches again. */
export function subscribe(operationId: OperationId, input: unknown, listener: () => void): () => void {
  const entry = entryOf(operationId, input)
  entry.listeners.add(listener)
  if (entry.stale) schedule(entry)
  return () => {
    entry.listeners.delete(listener)
  }
}

export function readQuery<K extends OperationId>(operationId: K, input: InputOf<K>): QueryState<ReplyOf<K>> {
  return entryOf(operationId, input).state as QueryState<ReplyOf<K>>
}

/** Marks every query of these operations stale; those on screen are fetched again, soon and once. */
export function invalidate(operationIds: ReadonlySet<OperationId> | 'all'): void {
  for (const entry of entries.values()) {
    if (operationIds === 'all' || operationIds.has(entry.operationId)) schedule(entry)
  }
}

/** Fetches one query again at once, as a retry button does. */
export function retry(operationId: OperationId, input: unknown): void {
  void refetch(entryOf(operationId, input))
}
