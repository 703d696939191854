import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLedger } from '#main/ledger/ledger.ts'
import { migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const child = join(import.meta.dirname, '../../../support/write-until-killed.ts')

/** Ids that the child said it had stored before it was killed, after a given number of them. */
async function killAfter(path: string, acknowledged: number): Promise<number[]> {
  const process = spawn(globalThis.process.execPath, [child, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of process.stdout) {
    said += String(chunk)
    if (said.split('\n').length > acknowledged) process.kill('SIGKILL')
  }
  if (process.signalCode === null && process.exitCode === null) await once(process, 'exit')
  expect(process.signalCode).toBe('SIGKILL')
  // The last line may be cut in the middle.
  return said.split('\n').slice(0, -1).map(Number)
}

test('no acknowledged run is lost when the host is killed, and no half of one is left', async () => {
  const path = join(temporaryFolder(), 'ledger.db')
  const known = new Set<number>()
  for (let kill = 0; kill < 12; kill++) {
    for (const id of await killAfter(path, 1 + kill * 3)) known.add(id)
    const ledger = createLedger({ path, migrationsDir, clock: tickingClock() })
    expect(ledger.integrityCheck()).toEqual([])
    for (const id of known) expect(ledger.backtestRuns.get(id)?.row.id).toBe(String(id))
    const { runs } = ledger.stats()
    expect(runs).toBeGreaterThanOrEqual(known.size)
    expect(ledger.trials.count('m')).toBe(runs)
    const placed = ledger.sweeps
      .list({ limit: 100, offset: 0 })
      .rows.reduce((sum, sweep) => sum + sweep.completed, 0)
    expect(placed).toBe(runs)
    ledger.close()
  }
  expect(known.size).toBeGreaterThan(100)
})
