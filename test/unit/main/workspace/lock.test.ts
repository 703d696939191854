import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { acquireLock } from '#main/workspace/lock.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const child = join(import.meta.dirname, '../../../support/race-for-lock.ts')
const now = '2024-01-01T00:00:00.000Z'

async function race(path: string): Promise<{ process: ChildProcess; said: string }> {
  const process = spawn(globalThis.process.execPath, [child, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await once(process.stdout, 'data')
  return { process, said: String(said).trim() }
}

async function kill(process: ChildProcess): Promise<void> {
  process.kill('SIGKILL')
  await once(process, 'exit')
}

test('of two processes one gets the lock, the other learns which, and it goes with a killed holder', async () => {
  const path = join(temporaryFolder(), '.lock')
  for (let round = 0; round < 4; round++) {
    const racers = await Promise.all([race(path), race(path)])
    const winners = racers.filter(({ said }) => said.startsWith('won'))
    const loser = racers.find(({ said }) => said.startsWith('lost'))
    expect(winners).toHaveLength(1)
    expect(loser?.said).toContain(`the workspace is in use by process ${winners[0]?.process.pid} on `)
    for (const { process } of racers) await kill(process)
  }
})

test('a second lock in one process is refused, and a released one is free', () => {
  const path = join(temporaryFolder(), '.lock')
  const lock = acquireLock(path, now)
  const refused = { code: 'CONFLICT', details: { pid: process.pid, host: expect.any(String), since: now } }
  expect(() => acquireLock(path, now)).toThrow(expect.objectContaining(refused))
  lock.release()
  lock.release()
  acquireLock(path, now).release()
})
