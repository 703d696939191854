import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createEvents } from '#main/jobs/events.ts'
import { createLedger } from '#main/ledger/ledger.ts'
import { migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

function eventsOf(path: string) {
  const clock = tickingClock()
  const ledger = createLedger({ path, migrationsDir, clock })
  onTestFinished(() => ledger.close())
  return createEvents({ log: ledger.events, clock })
}

const result = (n: number) => ({ type: 'result' as const, data: { n } })

test('subscribers hear events from then on, until they leave', () => {
  const events = createEvents({ log: null, clock: tickingClock() })
  const heard: unknown[] = []
  events.publish(result(1))
  const leave = events.subscribe(({ id, data }) => heard.push([id, data['n']]))
  events.publish(result(2))
  leave()
  events.publish(result(3))
  expect(heard).toEqual([[2, 2]])
  expect(events.replay(1).map(({ id }) => id)).toEqual([2, 3])
})

test('ids rise across restarts, and what was kept is told again in order', () => {
  const path = join(temporaryFolder(), 'ledger.db')
  const first = eventsOf(path)
  const ids = [
    first.publish(result(1)),
    first.publish({ ...result(2), transient: true }),
    first.publish(result(3)),
  ]
  expect(first.replay(0).map(({ data }) => data['n'])).toEqual([1, 2, 3])
  const second = eventsOf(path)
  ids.push(second.publish(result(4)), second.publish({ ...result(5), transient: true }))
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  expect(new Set(ids).size).toBe(5)
  // The transient one of the first run is gone with it.
  expect(second.replay(0).map(({ data }) => data['n'])).toEqual([1, 3, 4, 5])
  expect(second.replay(ids[2]!).map(({ data }) => data['n'])).toEqual([4, 5])
  expect(second.replay(ids[4]!)).toEqual([])
})

test('memory stays bounded: old progress is forgotten, kept events come from the ledger', () => {
  const events = eventsOf(join(temporaryFolder(), 'ledger.db'))
  events.publish(result(0))
  for (let n = 1; n <= 5000; n++) events.publish({ type: 'job', data: { n }, transient: true })
  const told = events.replay(0)
  expect(told[0]).toMatchObject({ id: 1, type: 'result' })
  expect(told.length).toBeLessThan(2500)
  expect(told.at(-1)).toMatchObject({ id: 5001, data: { n: 5000 } })
})
