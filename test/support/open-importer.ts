import { join } from 'node:path'
import { createEvents } from '#main/jobs/events.ts'
import { createJobRunner } from '#main/jobs/job-runner.ts'
import { openDuck } from '#main/lake/duck.ts'
import { createLake } from '#main/lake/lake.ts'
import { createLedger } from '#main/ledger/ledger.ts'
import { createDataService } from '#main/services/data-import/create-data-service.ts'
import { migrationsDir } from './ledger-rows.ts'

/** Import alone over a folder that outlives it, as a host that starts on a workspace finds it. */
export async function openImporter(root: string) {
  const clock = () => new Date().toISOString()
  const ledger = createLedger({ path: join(root, 'ledger.db'), migrationsDir, clock })
  const duck = await openDuck()
  const lake = createLake(root, duck)
  const events = createEvents({ log: ledger.events, clock })
  const executor = { run: () => Promise.reject(new Error('no worker threads here')), close: async () => {} }
  const runner = createJobRunner({ ledger, executor, events, clock })
  const data = createDataService({ root, ledger, lake, duck, runner, announce: () => {} })
  return {
    ...{ ledger, lake, runner, data },
    async close() {
      await runner.close()
      ledger.close()
      duck.close()
    },
  }
}
