import { useEffect, useRef } from 'react'
import { notify } from '#renderer/api/desktop.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { isLive } from '../progress-bar.tsx'

const LONG_MS = 20_000

/** Says once how each job ended that was seen alive. */
export function useJobToasts(): void {
  const rows = useQuery('listJobs', { query: { limit: 20 } }).data?.rows
  const push = useToasts((store) => store.push)
  const live = useRef(new Set<string>())
  useEffect(() => {
    for (const job of rows ?? []) {
      if (isLive(job)) live.current.add(job.job_id)
      else if (live.current.delete(job.job_id)) {
        push({ tone: toneOf(job), text: ending(job) })
        tellAbsent(job)
      }
    }
  }, [rows, push])
}

/** A long job is one that a person turns away from; whoever still looks at the page has seen the toast. */
function tellAbsent(job: JobRow): void {
  if (!usePreferences.getState().notifiesJobs || document.hasFocus() || !isLong(job)) return
  notify({ title: 'Sigma Lab', body: ending(job).slice(0, 500), hash: '#/home' })
}

const isLong = ({ started_at: start, finished_at: end }: JobRow): boolean =>
  start !== null && end !== null && Date.parse(end) - Date.parse(start) >= LONG_MS

const toneOf = ({ status }: JobRow) =>
  status === 'completed' ? 'good' : status === 'failed' ? 'bad' : 'info'

function ending({ title, status, error }: JobRow): string {
  if (status === 'completed') return `${title}: done`
  if (status === 'canceled') return `${title}: canceled; what was finished is kept`
  return `${title}: failed${error === null ? '' : `, ${error.message}`}`
}
