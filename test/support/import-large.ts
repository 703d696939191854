import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDataService } from '#main/services/data-import/create-data-service.ts'
import { sessionDate, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { csvOf, fiveMinuteBars } from './bar-files.ts'
import { occSymbol } from './option-files.ts'
import { openTestWorkspace } from './test-workspace.ts'

// Child of the memory test: imports a file of so many MB, then cancels another run, and prints what it saw as JSON. Bars are the
// same again and again, so most are repeats; option minutes are all different, contract after contract through all sessions, which
// is the order that memory likes least. A process of its own, since memory is measured.
const megabytes = Number(process.argv[2])
const asParquet = process.argv[3] === 'parquet'
const ofOptions = process.argv[3] === 'options'
const workspace = await openTestWorkspace()
const data = createDataService({ ...workspace, announce: () => {} })
await mkdir(join(workspace.root, 'in'))
const path = join(workspace.root, 'in/large.csv')
if (ofOptions) await writeMinutes()
else await writeBars()

async function writeBars(): Promise<void> {
  const text = csvOf(fiveMinuteBars('2010-01-04', 500))
  const rows = text.slice(text.indexOf('\n') + 1)
  await writeFile(path, text.slice(0, text.indexOf('\n') + 1))
  const pieces = Math.ceil((megabytes * 1e6) / rows.length)
  for (let piece = 0; piece < pieces; piece++) await appendFile(path, rows)
}

async function writeMinutes(): Promise<void> {
  await writeFile(path, 'ticker,volume,vwap,window_start,transactions\n')
  const first = sessionOfDate('2022-01-03')
  let bytes = 0
  for (let contract = 0; bytes < megabytes * 1e6; contract++) {
    const lines: string[] = []
    for (let session = first; session < first + 250; session++) {
      const symbol = occSymbol('O:SPY', sessionDate(session), contract % 2 === 0, 300 + (contract >> 1))
      for (let minute = 0; minute < 200; minute++) {
        lines.push(`${symbol},${minute + 1},1.25,${sessionOpen[session]! + minute * 60_000}000000,3\n`)
      }
    }
    const piece = lines.join('')
    bytes += piece.length
    await appendFile(path, piece)
  }
}

if (asParquet) {
  await workspace.duck.run(
    `COPY (SELECT * FROM read_csv('${path}')) TO '${join(workspace.root, 'in/large.parquet')}' (FORMAT parquet)`,
  )
}
const body = {
  ticker: 'SPY',
  ...(ofOptions ? { kind: 'option_minutes' as const } : { cadence: '5m' as const }),
  mode: 'commit' as const,
  path: asParquet ? 'in/large.parquet' : 'in/large.csv',
}

const rss = () => process.memoryUsage().rss / 1e6
globalThis.gc?.()
await new Promise((resolve) => setTimeout(resolve, 500))
const baseline = rss()
let peak = baseline
let longestPause = 0
let last = performance.now()
const timer = setInterval(() => {
  peak = Math.max(peak, rss())
  longestPause = Math.max(longestPause, performance.now() - last)
  last = performance.now()
}, 5)
const started = performance.now()
const { report } = await data.importFile(body)
const seconds = (performance.now() - started) / 1000
clearInterval(timer)

const second = data.importFile(body).catch((error: { code: string }) => error.code)
while (workspace.runner.list({ limit: 1, offset: 0 }).rows[0]?.status !== 'running')
  await new Promise(setImmediate)
await new Promise((resolve) => setTimeout(resolve, 100))
const asked = performance.now()
const { status } = await workspace.runner.cancel(
  workspace.runner.list({ limit: 1, offset: 0 }).rows[0]!.job_id,
)
const cancelSeconds = (performance.now() - asked) / 1000
await second
const { rows: counted, added, bad } = report
const megabytesRead = report.file.bytes / 1e6
const growth = peak - baseline
process.stdout.write(
  JSON.stringify({
    counted,
    added,
    bad,
    megabytesRead,
    seconds,
    growth,
    longestPause,
    status,
    cancelSeconds,
  }),
)
await workspace.close()
