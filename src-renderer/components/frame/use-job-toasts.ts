import { useEffect, useRef } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { isLive } from '../progress-bar.tsx'

/** Says once how each job ended that was seen alive. */
export function useJobToasts(): void {
  const rows = useQuery('listJobs', { query: { limit: 20 } }).data?.rows
  const push = useToasts((store) => store.push)
  const live = useRef(new Set<string>())
  useEffect(() => {
    for (const job of rows ?? []) {
      if (isLive(job)) live.current.add(job.job_id)
      else if (live.current.delete(job.job_id)) push({ tone: toneOf(job), text: ending(job) })
    }
  }, [rows, push])
}

const toneOf = ({ status }: JobRow) =>
  status === 'completed' ? 'good' : status === 'failed' ? 'bad' : 'info'

function ending({ title, status, error }: JobRow): string {
  if (status === 'completed') return `${title}: done`
  if (status === 'canceled') return `${title}: canceled; what was finished is kept`
  return `${title}: failed${error === null ? '' : `, ${error.message}`}`
}
