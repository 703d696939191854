// `npm run fuzz -- --requests N --seed N [--keep]`: generated requests against a host on a copy of the sample workspace.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { copySampleWorkspace } from '#test/sample-host.ts'
import { closeChild, serveChild } from '#test/serve-child.ts'
import { describeReport } from '../test/fuzz/print-report.ts'
import { checkIntegrity, runFuzz, successesOf } from '../test/fuzz/run-fuzz.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
})
const requests = Number(values.requests)
const seed = Number(values.seed)
const workspace = await copySampleWorkspace()
const served = await serveChild(workspace, [], { isMeasured: true })
const report = await runFuzz({ served, workspace, requests, seed, print: console.log }).catch(
  async (error) => {
    await closeChild(served)
    throw error
  },
)
const code = await closeChild(served)
const integrity = checkIntegrity(join(workspace, 'ledger.db'))
for (const line of describeReport(report)) console.log(line)
console.log(`seed ${seed}; the host closed with code ${code}; integrity_check ${integrity}`)
if (values.keep) console.log(`the workspace stays in ${workspace}`)
else await rm(workspace, { recursive: true })

const fewest = successesOf(report)[0]?.[1] ?? 0
const isDone = report.faults.length === 0 && code === 0 && integrity === 'ok' && fewest >= requests / 2000
process.exitCode = isDone ? 0 : 1
