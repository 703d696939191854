import { useEffect, useMemo, useRef, useState } from 'react'
import type { InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import type { SigmaError } from '#shared/errors.ts'
import { call } from './call.ts'
import { asSigmaError } from './query-cache.ts'
import { useQuery } from './use-query.ts'

type PagedId = {
  [K in OperationId]: ReplyOf<K> extends { rows: unknown[]; total: number } ? K : never
}[OperationId]
type RowOf<K extends PagedId> = ReplyOf<K> extends { rows: (infer R)[] } ? R : never

const PAGE = 200

export interface Pages<R> {
  rows: R[]
  total: number
  loading: boolean
  error: SigmaError | undefined
  retry: () => void
}

/**
 * Every row of a paged list. The first page is a cached query and follows events; the pages after it are loaded
 * behind it, and again when the first page changes.
 */
export function usePages<K extends PagedId>(operationId: K, input: InputOf<K> | null): Pages<RowOf<K>> {
  const first = useQuery(operationId, input === null ? null : pageInput<K>(input, 0))
  const firstReply = first.data as { rows: RowOf<K>[]; total: number } | undefined
  const [rest, setRest] = useState<{ after: unknown; rows: RowOf<K>[]; error?: SigmaError }>()
  const kept = useRef<{ key: string; rows: RowOf<K>[] }>(undefined)
  const key = JSON.stringify(input)

  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for input
  useEffect(() => {
    if (input === null || firstReply === undefined || firstReply.total <= PAGE) return
    const abort = new AbortController()
    void loadRest<K>(operationId, input, firstReply.total, abort.signal).then(
      (rows) => !abort.signal.aborted && setRest({ after: firstReply, rows }),
      (cause: unknown) =>
        !abort.signal.aborted && setRest({ after: firstReply, rows: [], error: asSigmaError(cause) }),
    )
    return () => abort.abort()
  }, [operationId, key, firstReply])

  const rows = useMemo(() => {
    if (firstReply === undefined) return []
    if (firstReply.total <= PAGE) return firstReply.rows
    if (rest?.after === firstReply) return [...firstReply.rows, ...rest.rows]
    // While later pages reload, the rows already on screen stay.
    return kept.current?.key === key ? kept.current.rows : firstReply.rows
  }, [firstReply, rest, key])
  kept.current = { key, rows }

  return {
    rows,
    total: firstReply?.total ?? 0,
    loading: first.loading && first.data === undefined,
    error: first.error ?? rest?.error,
    retry: first.retry,
  }
}

function pageInput<K extends PagedId>(input: InputOf<K>, offset: number): InputOf<K> {
  const { query } = input as { query?: object }
  return { ...input, query: { ...query, limit: PAGE, offset } } as InputOf<K>
}

async function loadRest<K extends PagedId>(
  operationId: K,
  input: InputOf<K>,
  total: number,
  signal: AbortSignal,
): Promise<RowOf<K>[]> {
  const rows: RowOf<K>[] = []
  for (let offset = PAGE; offset < total; offset += PAGE) {
    const page = (await call(operationId, pageInput<K>(input, offset), signal)) as { rows: RowOf<K>[] }
    if (page.rows.length === 0) break
    for (const row of page.rows) rows.push(row)
  }
  return rows
}
