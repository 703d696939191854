import { useRef } from 'react'
import type { InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import { type Query, useQuery } from './use-query.ts'

/** A query whose last data stays on screen while that of another input is on its way; `isHeld` says so. */
export function useHeldQuery<K extends OperationId>(
  operationId: K,
  input: InputOf<K>,
): Query<ReplyOf<K>> & { isHeld: boolean } {
  const query = useQuery(operationId, input)
  const last = useRef(query.data)
  if (query.data !== undefined) last.current = query.data
  const isHeld = query.data === undefined && query.error === undefined && last.current !== undefined
  return isHeld ? { ...query, data: last.current, isHeld } : { ...query, isHeld }
}
