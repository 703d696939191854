import { sessionCount, sessionDate } from '#shared/calendar/sessions.ts'
import type { ImportReport } from '#shared/contract/data.ts'
import type { SlotRule } from './kinds/define-kind.ts'
import type { Rows } from './rows.ts'

const listed = 100

/** Collects which slots of which sessions a file fills, to tell what is missing between its first and its last row. */
export function createGapFinder({ perSession, slotOf, expectedIn }: SlotRule) {
  const filled = new Uint8Array(sessionCount * perSession)
  return {
    add(rows: Rows): void {
      const session = rows.values['session']!
      for (let row = 0; row < rows.length; row++) filled[session[row]! * perSession + slotOf(rows, row)] = 1
    },
    find(): ImportReport['gaps'] {
      const gaps: ImportReport['gaps'] = { missing_sessions: 0, sessions: [], missing_bars: 0, bars: [] }
      const first = filled.indexOf(1)
      const last = filled.lastIndexOf(1)
      if (first < 0) return gaps
      const [from, to] = [Math.floor(first / perSession), Math.floor(last / perSession)]
      const isUsual = expectedIn === null ? usualSlots(filled, perSession, from, to) : null
      const isExpected = (session: number, slot: number) =>
        isUsual === null ? slot < expectedIn!(session) : isUsual[slot] === true
      for (let session = from; session <= to; session++) {
        let expected = 0
        let missing = 0
        let isEmpty = true
        for (let slot = 0; slot < perSession; slot++) {
          const place = session * perSession + slot
          if (filled[place] === 1) isEmpty = false
          if (!isExpected(session, slot)) continue
          expected++
          if (filled[place] === 0 && place > first && place < last) missing++
        }
        if (isEmpty) {
          gaps.missing_sessions++
          if (gaps.sessions.length < listed) gaps.sessions.push(sessionDate(session))
        } else if (missing > 0) {
          gaps.missing_bars += missing
          if (gaps.bars.length < listed) gaps.bars.push({ date: sessionDate(session), missing, expected })
        }
      }
      return gaps
    },
  }
}

/** Slots that at least half of the sessions with anything fill. */
function usualSlots(filled: Uint8Array, perSession: number, from: number, to: number): boolean[] {
  const counts = new Array<number>(perSession).fill(0)
  let sessions = 0
  for (let session = from; session <= to; session++) {
    const own = filled.subarray(session * perSession, (session + 1) * perSession)
    if (!own.includes(1)) continue
    sessions++
    for (let slot = 0; slot < perSession; slot++) counts[slot]! += own[slot]!
  }
  return counts.map((count) => 2 * count >= sessions)
}
