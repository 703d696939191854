import type { ReactNode } from 'react'
import type { Query } from '#renderer/api/use-query.ts'
import { ErrorState, LoadingState } from './states.tsx'

interface QueryViewProps<T> {
  query: Query<T>
  lines?: number
  children: (data: T) => ReactNode
}

/** Loading, error or content of a query. Data already on screen stays when a refetch fails. */
export function QueryView<T>({ query, lines = 4, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== undefined) return <ErrorState error={query.error} onRetry={query.retry} />
  return <LoadingState lines={lines} />
}
