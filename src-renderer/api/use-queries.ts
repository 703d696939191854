import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import { type QueryState, queryKey, readQuery, subscribe } from './query-cache.ts'

/** The same operation for several inputs at once; states stand in the order of the inputs. */
export function useQueries<K extends OperationId>(
  operationId: K,
  inputs: readonly InputOf<K>[],
): readonly QueryState<ReplyOf<K>>[] {
  const last = useRef<readonly QueryState<ReplyOf<K>>[]>([])
  const key = inputs.map((input) => queryKey(operationId, input)).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the inputs, which callers build inline
  const follow = useCallback(
    (listener: () => void) => {
      const leave = inputs.map((input) => subscribe(operationId, input, listener))
      return () => {
        for (const each of leave) each()
      }
    },
    [operationId, key],
  )
  return useSyncExternalStore(follow, () => {
    const now = inputs.map((input) => readQuery(operationId, input))
    // React asks again and again: equal states must be the same array.
    const isSame = now.length === last.current.length && now.every((state, i) => state === last.current[i])
    if (!isSame) last.current = now
    return last.current
  })
}
