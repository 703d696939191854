import { useEffect, useRef, useState } from 'react'
import type { InputOf, OperationId, ReplyOf } from '#shared/contract/index.ts'
import type { SigmaError } from '#shared/errors.ts'
import { call } from './call.ts'
import { asSigmaError } from './query-cache.ts'
import { useQuery } from './use-query.ts'

type Row = { id: string | number } | { job_id: string }
type Paged = { rows: Row[]; total: number }
type PagedId = { [K in OperationId]: ReplyOf<K> extends Paged ? K : never }[OperationId]
type RowOf<K extends PagedId> = ReplyOf<K> extends { rows: (infer R)[] } ? R : never

const PAGE = 200
/** A long list that keeps changing is read through again at most this often. */
const REREAD_MS = 2000

export interface Pages<R> {
  rows: readonly R[]
  total: number
  loading: boolean
  error: SigmaError | undefined
  retry: () => void
}

interface Snapshot<R> {
  key: string
  rows: readonly R[]
  error?: SigmaError
}

/**
 * Every row of a paged list, or the first `most` of them. The first page is a cached query that follows events; a longer list is read through
 * behind it, and what was read last stays on screen until the next reading is complete.
 */
export function usePages<K extends PagedId>(
  operationId: K,
  input: InputOf<K> | null,
  most = Number.POSITIVE_INFINITY,
): Pages<RowOf<K>> {
  const first = useQuery(operationId, input === null ? null : pageInput<K>(input, 0))
  const page = first.data as { rows: RowOf<K>[]; total: number } | undefined
  const [snapshot, setSnapshot] = useState<Snapshot<RowOf<K>>>()
  const key = JSON.stringify(input)
  const lastRead = useRef({ key: '', at: 0 })

  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for input
  useEffect(() => {
    if (input === null || page === undefined || Math.min(most, page.total) <= PAGE) return
    const abort = new AbortController()
    const isReread = lastRead.current.key === key
    const wait = isReread ? Math.max(0, REREAD_MS - (performance.now() - lastRead.current.at)) : 0
    const timer = setTimeout(() => {
      readOn<K>(operationId, input, page, Math.min(most, page.total), abort.signal).then(
        (rows) => {
          if (abort.signal.aborted) return
          lastRead.current = { key, at: performance.now() }
          setSnapshot({ key, rows })
        },
        (cause: unknown) => {
          if (!abort.signal.aborted) setSnapshot({ key, rows: page.rows, error: asSigmaError(cause) })
        },
      )
    }, wait)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [operationId, key, page, most])

  const isLong = page !== undefined && Math.min(most, page.total) > PAGE
  const rows = isLong && snapshot?.key === key ? snapshot.rows : (page?.rows ?? [])
  return {
    rows,
    total: page?.total ?? 0,
    loading: first.loading && page === undefined,
    error: first.error ?? (isLong && snapshot?.key === key ? snapshot.error : undefined),
    retry: first.retry,
  }
}

function pageInput<K extends PagedId>(input: InputOf<K>, offset: number): InputOf<K> {
  const { query } = input as { query?: object }
  return { ...input, query: { ...query, limit: PAGE, offset } } as InputOf<K>
}

/** All rows after `page`. A row that moved between two pages while they were read is kept once. */
async function readOn<K extends PagedId>(
  operationId: K,
  input: InputOf<K>,
  page: { rows: RowOf<K>[]; total: number },
  end: number,
  signal: AbortSignal,
): Promise<RowOf<K>[]> {
  const byId = new Map(page.rows.map((row) => [idOf(row), row]))
  for (let offset = PAGE; offset < end; offset += PAGE) {
    const next = (await call(operationId, pageInput<K>(input, offset), signal)) as { rows: RowOf<K>[] }
    if (next.rows.length === 0) break
    for (const row of next.rows) if (!byId.has(idOf(row))) byId.set(idOf(row), row)
  }
  return [...byId.values()]
}

function idOf(row: unknown): string | number {
  const each = row as Row
  return 'id' in each ? each.id : each.job_id
}
