import { useCallback, useState } from 'react'
import type { InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import type { SigmaError } from '#shared/errors.ts'
import { call } from './call.ts'
import { invalidatedBy } from './invalidation.ts'
import { asSigmaError, invalidate } from './query-cache.ts'

export interface Action<K extends OperationId> {
  /** Resolves to undefined when the host refused; the reason is then in `error`. */
  run: (input: InputOf<K>) => Promise<ReplyOf<K> | undefined>
  pending: boolean
  error: SigmaError | undefined
  clear: () => void
}

/** A request that changes something, with its pending and error state. */
export function useAction<K extends OperationId>(operationId: K): Action<K> {
  const { follow, ...state } = useAttempt()
  const run = useCallback(
    (input: InputOf<K>) => follow(() => call(operationId, input)),
    [operationId, follow],
  )
  return { run, ...state }
}

/** The state of whatever attempt is followed: one at a time, its failure kept until the next. */
export function useAttempt() {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<SigmaError>()
  const follow = useCallback(async <T>(attempt: () => Promise<T>): Promise<T | undefined> => {
    setPending(true)
    setError(undefined)
    try {
      const reply = await attempt()
      invalidate(invalidatedBy.action)
      return reply
    } catch (cause) {
      setError(asSigmaError(cause))
      return undefined
    } finally {
      setPending(false)
    }
  }, [])
  return { follow, pending, error, clear: () => setError(undefined) }
}
