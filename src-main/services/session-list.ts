import { sessionDate } from '#shared/calendar/sessions.ts'

const most = 12

/** Sessions in words, runs of neighbours as one: `2024-11-25 to 2024-11-29 (4 sessions), 2024-12-03`. */
export function sessionList(sessions: readonly number[]): string {
  const runs: [first: number, last: number][] = []
  for (const session of sessions) {
    const run = runs.at(-1)
    if (run?.[1] === session - 1) run[1] = session
    else runs.push([session, session])
  }
  const shown = runs.slice(0, most).map(([first, last]) => {
    if (first === last) return sessionDate(first)
    return `${sessionDate(first)} to ${sessionDate(last)} (${last - first + 1} sessions)`
  })
  const rest = runs.slice(most).reduce((sum, [first, last]) => sum + last - first + 1, 0)
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
}
