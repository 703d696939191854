import type { JobRow } from '#shared/contract/jobs.ts'

export interface Question {
  message: string
  detail: string
  /** The first is the safe one. */
  buttons: readonly [string, string]
}

const shown = 5

/** What to ask before the window closes on jobs that are not done; undefined where there are none. */
export function closeQuestion(jobs: readonly Pick<JobRow, 'title' | 'status'>[]): Question | undefined {
  const running = jobs.filter(({ status }) => status === 'running')
  const queued = jobs.filter(({ status }) => status === 'queued')
  const live = [...running, ...queued]
  if (live.length === 0) return undefined
  const counts = [
    ...(running.length > 0 ? [`${running.length} running`] : []),
    ...(queued.length > 0 ? [`${queued.length} waiting`] : []),
  ]
  const names = live.slice(0, shown).map(({ title }) => `• ${title}`)
  if (live.length > shown) names.push(`• and ${live.length - shown} more`)
  return {
    message: `${live.length === 1 ? 'A job is' : 'Jobs are'} not done: ${counts.join(', ')}`,
    detail: `${names.join('\n')}\n\nIf you close now, they stop. At the next start they go on from what they have finished; nothing that is stored is lost.`,
    buttons: ['Keep working', 'Close'],
  }
}
