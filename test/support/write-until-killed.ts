import { createLedger } from '#main/ledger/ledger.ts'
import { addSweep, backtestRun, migrationsDir, tickingClock } from './ledger-rows.ts'

// Child of the crash test: stores runs until it is killed, and names each on stdout once it is stored.
const [path = ''] = process.argv.slice(2)
const ledger = createLedger({ path, migrationsDir, clock: tickingClock() })
const sweep = addSweep(ledger)
for (let position = 0; position < 20_000; position++) {
  const trial = { daily_returns: new Float64Array(250).fill(position), sharpe_daily: position }
  const id = ledger.backtestRuns.add(
    backtestRun({ sweep: { id: sweep, position }, config_key: `k${sweep}-${position}`, trial }),
  )
  process.stdout.write(`${id}\n`)
}
