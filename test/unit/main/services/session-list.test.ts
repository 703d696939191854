import { expect, it } from 'vitest'
import { sessionList } from '#main/services/session-list.ts'
import { sessionOfDate } from '#shared/calendar/sessions.ts'

it('joins neighbouring sessions, over weekends and holidays too', () => {
  const first = sessionOfDate('2024-11-27')
  expect(sessionList([first, first + 1, first + 2, first + 5])).toBe(
    '2024-11-27 to 2024-12-02 (3 sessions), 2024-12-05',
  )
})

it('counts what is too much to name', () => {
  const scattered = Array.from({ length: 20 }, (_, i) => 100 + 2 * i)
  expect(sessionList(scattered)).toMatch(/, 8 more$/)
})
