import { useEffect, useState } from 'react'
import type { InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import { type Query, useQuery } from './use-query.ts'

const SETTLE_MS = 250

/** A value once it has stayed the same for a moment. */
export function useSettled<T>(value: T, ms = SETTLE_MS): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}

export interface Latest<T> extends Query<T> {
  /** What is on screen answers an input that has changed since. */
  isBehind: boolean
}

/** The answer to an input that changes as somebody types: asked for once it settles, the last one stays until then. */
export function useLatest<K extends OperationId>(
  operationId: K,
  input: InputOf<K> | null,
): Latest<ReplyOf<K>> {
  const key = JSON.stringify(input)
  const settledKey = useSettled(key)
  const query = useQuery(operationId, JSON.parse(settledKey) as InputOf<K> | null)
  const [last, setLast] = useState<ReplyOf<K>>()
  const { data } = query
  useEffect(() => {
    if (data !== undefined) setLast(data)
  }, [data])
  return { ...query, data: data ?? last, isBehind: key !== settledKey || data === undefined }
}
