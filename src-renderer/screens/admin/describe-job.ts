import { formatPercent, humanize, MISSING } from '#renderer/components/format.ts'
import { formatDuration } from '#renderer/components/time.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { ErrorCode } from '#shared/errors.ts'

/** What is left of a running job: 3 min, or its share where the time is not known. */
export function etaOf({ status, progress: { done, total, eta_seconds } }: JobRow): string {
  if (status !== 'running') return ''
  if (eta_seconds !== null) return formatDuration(eta_seconds)
  return total > 0 ? `${formatPercent(done / total, 0)} done` : 'working'
}

/** From start to end. */
export function tookOf({ started_at, finished_at }: JobRow): string {
  if (started_at === null || finished_at === null) return ''
  return formatDuration((Date.parse(finished_at) - Date.parse(started_at)) / 1000)
}

/** What to do about a failure. */
const advice: Partial<Record<ErrorCode, string>> = {
  NO_DATA: 'Provide what is named (import or sync data, or train the model), then retry.',
  INVALID_PARAM: 'The request cannot succeed as it is: change what is named, then start anew.',
  NOT_FOUND: 'What is named is gone; start anew from what is there.',
  QUOTA_EXCEEDED: 'Raise the limit under Quotas, or wait for others to finish.',
  STORAGE_FULL: 'Free some disk space, then retry.',
  INTERNAL: 'Retry once. If it fails again, the log of the workstation has the details.',
}
export const adviceFor = (code: string): string => advice[code as ErrorCode] ?? 'Retry, or start anew.'

/** What a job works on, in words. */
export function subjectLines({ subject }: JobRow): { name: string; text: string }[] {
  return Object.entries(subject)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => ({ name: humanize(name), text: textOf(value) }))
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value) ?? MISSING
}
