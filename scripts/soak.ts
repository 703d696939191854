// `npm run soak -- --sweeps N [--keep]`: many sweeps in one host on a copy of the sample workspace, and whether its memory stays flat.
import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { copySampleWorkspace } from '#test/sample-host.ts'
import { closeChild, serveChild } from '#test/serve-child.ts'
import { judgeGrowth } from '../test/soak/judge-growth.ts'
import { runSoak } from '../test/soak/run-soak.ts'

const { values } = parseArgs({
  options: { sweeps: { type: 'string', default: '1000' }, keep: { type: 'boolean', default: false } },
})
const workspace = await copySampleWorkspace()
const served = await serveChild(workspace, [], { isMeasured: true })
served.child.once('exit', (code, signal) => console.log(`the host ended by ${signal ?? `code ${code}`}`))
const mb = (megabytes: number) => `${megabytes.toFixed(1).padStart(7)} MB`
console.log('sweeps      heap   external    threads   resident   seconds')
const sweeps = Number(values.sweeps)
const tenths = await runSoak(
  served,
  sweeps,
  (tenth, { heapMb, externalMb, threadsMb, residentMb }, seconds) => {
    const done = Math.ceil((tenth * sweeps) / 10)
    console.log(
      `${String(done).padStart(6)} ${mb(heapMb)} ${mb(externalMb)} ${mb(threadsMb)} ${mb(residentMb)} ${seconds.toFixed(0).padStart(8)}`,
    )
  },
).finally(() => closeChild(served))
if (values.keep) console.log(`the workspace stays in ${workspace}`)
else await rm(workspace, { recursive: true })

const grown = judgeGrowth(tenths)
console.log(grown.length === 0 ? 'memory is flat' : `memory grew: ${grown.join('; ')}`)
process.exitCode = grown.length === 0 ? 0 : 1
