import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createLedger, type Ledger } from '#main/ledger/ledger.ts'
import { migrationsDir, tickingClock } from './ledger-rows.ts'

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sigma-test-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A ledger in a folder of its own. */
export function temporaryLedger(clock = tickingClock()): Ledger {
  const dir = temporaryFolder()
  const ledger = createLedger({ path: join(dir, 'ledger.db'), migrationsDir, clock })
  onTestFinished(() => ledger.close())
  return ledger
}
