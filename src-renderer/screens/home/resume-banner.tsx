import { useState } from 'react'
import { Button } from '#renderer/components/button.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import type { JobRow } from '#shared/contract/jobs.ts'

/** Says which jobs were cut off by a stop of the workstation and were taken up again. */
export function ResumeBanner({ jobs }: { jobs: readonly JobRow[] }) {
  const [isDismissed, setDismissed] = useState(false)
  if (jobs.length === 0 || isDismissed) return null
  return (
    <div className="banner tone-warn" role="status" data-testid="resume-banner">
      <span className="grow">
        The workstation stopped while {formatPlural(jobs.length, 'job')} ran. Finished work was kept, and the
        rest goes on: {jobs.map((job) => `${job.title} (${job.status})`).join(', ')}.
      </span>
      <Button small onClick={() => setDismissed(true)}>
        Understood
      </Button>
    </div>
  )
}
