import { useCallback, useSyncExternalStore } from 'react'
import type { InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import { type QueryState, queryKey, readQuery, retry, subscribe } from './query-cache.ts'

export interface Query<T> extends QueryState<T> {
  retry: () => void
}

const idle: QueryState<never> = { data: undefined, error: undefined, loading: false }

/** Server state of one operation, kept fresh by events. A null input asks nothing. */
export function useQuery<K extends OperationId>(operationId: K, input: InputOf<K> | null): Query<ReplyOf<K>> {
  const key = input === null ? null : queryKey(operationId, input)
  // The key stands for the input: callers build inputs inline, and equal inputs must share one subscription.
  // biome-ignore lint/correctness/useExhaustiveDependencies: key covers operationId and input
  const follow = useCallback(
    (listener: () => void) => (input === null ? () => {} : subscribe(operationId, input, listener)),
    [key],
  )
  const state = useSyncExternalStore<QueryState<ReplyOf<K>>>(follow, () =>
    input === null ? idle : readQuery(operationId, input),
  )
  return { ...state, retry: () => input !== null && retry(operationId, input) }
}
