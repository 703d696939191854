import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startCheckpoints } from '#main/ledger/checkpoints.ts'
import { createLedger, type Ledger } from '#main/ledger/ledger.ts'
import { migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const program = join(import.meta.dirname, '../../../../src-main/ledger/checkpoint-thread.ts')
const open = (path: string, isHelped: boolean) =>
  createLedger({ path, migrationsDir, clock: tickingClock(), isHelped })

/** More than the least that is moved, less than what the writer moves by itself where it is helped. */
function write(ledger: Ledger, from: number): void {
  for (let batch = 0; batch < 60; batch++) {
    ledger.transaction(
      () => {
        for (let i = 0; i < 50; i++) {
          const id = from + batch * 50 + i
          ledger.events.add({
            id,
            type: 'data',
            at: '2024-01-02T00:00:00Z',
            data: { text: 'x'.repeat(2000) },
          })
        }
      },
      { synced: false },
    )
  }
}

/** Events in the file alone, without what the log holds. */
function inFile(path: string, copy: string): number {
  copyFileSync(path, copy)
  const ledger = open(copy, false)
  const count = ledger.events.list(0, 100_000).length
  ledger.close()
  return count
}

test('a thread moves the log into the file while the ledger is open, and lets go of it at the end', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'ledger.db')
  const ledger = open(path, true)
  const checkpoints = startCheckpoints(program, path)
  write(ledger, 1)
  expect(inFile(path, join(folder, 'before.db'))).toBe(0)
  let copies = 0
  await expect
    .poll(() => inFile(path, join(folder, `${copies++}.db`)), { timeout: 20_000, interval: 300 })
    .toBe(3000)
  write(ledger, 3001)
  await checkpoints.close()
  ledger.close()
  expect(inFile(path, join(folder, 'after.db'))).toBe(6000)
})

test('a thread that cannot start is no harm', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'ledger.db')
  const ledger = open(path, true)
  const checkpoints = startCheckpoints(join(folder, 'missing.ts'), path)
  write(ledger, 1)
  await setTimeout(1500)
  write(ledger, 3001)
  await checkpoints.close()
  ledger.close()
  expect(inFile(path, join(folder, 'after.db'))).toBe(6000)
})
