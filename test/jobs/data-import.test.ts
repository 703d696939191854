import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { csvOf, fiveMinuteBars } from '#test/bar-files.ts'
import { openImporter } from '#test/open-importer.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const support = (name: string) => join(import.meta.dirname, '../support', name)

it('stays within 300 MB over the baseline, keeps the host answering, and cancels within 2 s', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    support('import-large.ts'),
    '60',
  ])
  const seen = JSON.parse(stdout)
  process.stdout.write(`import of ${Math.round(seen.megabytesRead)} MB: ${stdout}\n`)
  expect(seen).toMatchObject({ added: 38_928, bad: 0, status: 'canceled' })
  expect(seen.growth).toBeLessThan(300)
  expect(seen.longestPause).toBeLessThan(1000)
  expect(seen.cancelSeconds).toBeLessThan(2)
}, 60_000)

/** Ids of the imports that a child was answered before it was killed, some time after a number of them. */
async function killAfter(root: string, answers: number, delayMs: number): Promise<number[]> {
  const child = spawn(process.execPath, [support('import-until-killed.ts'), root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  let isDue = false
  for await (const piece of child.stdout) {
    said += String(piece)
    if (isDue || said.split('\n').length <= answers) continue
    isDue = true
    setTimeout(() => child.kill('SIGKILL'), delayMs)
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return said.split('\n').slice(0, -1).map(Number)
}

it('leaves the lake as before or after an import when the host is killed, and loses none that was answered', async () => {
  const root = temporaryFolder()
  const bars = fiveMinuteBars('2024-01-02', 20)
  await writeFile(join(root, 'one.csv'), csvOf(bars.map((bar) => ({ ...bar, volume: 1 }))))
  await writeFile(join(root, 'two.csv'), csvOf(bars.map((bar) => ({ ...bar, volume: 2 }))))
  const answered: number[] = []
  for (let kill = 0; kill < 5; kill++) answered.push(...(await killAfter(root, 2, kill * 23)))

  const importer = await openImporter(root)
  onTestFinished(() => importer.close())
  expect(importer.ledger.integrityCheck()).toEqual([])
  const stored = (await importer.lake.storedBars('5m', 'SPY'))!
  expect(stored.bars.length).toBe(bars.length)
  expect(new Set(stored.bars.volume).size).toBe(1)
  for (const id of answered) expect(importer.ledger.imports.get(id)?.row.status).toBe('committed')

  // Started again, the import that was cut off ends one way or the other, and the newest can be undone.
  const left = importer.runner.recover()
  await Promise.all(left.map(({ job_id }) => importer.runner.wait(job_id).catch(() => undefined)))
  const { rows } = await importer.data.list({ limit: 200 })
  expect(rows.filter(({ status }) => status === 'writing')).toEqual([])
  const newest = rows.find(({ status, added, replaced }) => status === 'committed' && added + replaced > 0)!
  expect(await importer.data.undo(newest.id)).toMatchObject({ restored: bars.length, removed: 0 })
  expect(answered.length).toBeGreaterThanOrEqual(10)
  const temporary = (await readdir(join(root, 'lake/bars/5m'))).filter((name) => name.endsWith('.parquet'))
  expect(temporary).toEqual(['SPY.parquet'])
}, 60_000)

it('finishes a takeover that was committed when the host died, and undoes it to the byte', async () => {
  const root = temporaryFolder()
  const bars = fiveMinuteBars('2024-01-02', 2)
  await writeFile(join(root, 'old.csv'), csvOf(bars))
  await writeFile(join(root, 'new.csv'), csvOf(bars.slice(0, 100).map((bar) => ({ ...bar, volume: 1 }))))
  const files = ['lake/manifest.json', 'lake/bars/5m/SPY.parquet'].map((name) => join(root, name))
  const read = () => Promise.all(files.map((path) => readFile(path)))
  const first = await openImporter(root)
  const fields = { ticker: 'SPY', cadence: '5m', mode: 'commit' } as const
  await first.data.importFile({ ...fields, path: 'old.csv', source: 'old' })
  const before = await read()
  const takeover = await first.data.importFile({ ...fields, path: 'new.csv', source: 'new', replace: true })
  const after = await read()
  first.ledger.imports.setStatus(Number(takeover.import_id), 'writing')
  first.ledger.jobs.update(Number(takeover.job_id), { status: 'running', finished_at: null })
  await first.close()
  // The moment after the commit: all is staged, nothing has moved.
  await mkdir(join(root, 'lake/staged'))
  for (const [i, path] of files.entries()) {
    await writeFile(join(root, 'lake/staged', `${i}`), after[i]!)
    await writeFile(path, before[i]!)
  }
  const moves = files.map((path, i) => ({ from: `staged/${i}`, to: relative(join(root, 'lake'), path) }))
  await writeFile(join(root, 'lake/journal.json'), JSON.stringify({ moves, removes: [] }))

  const second = await openImporter(root)
  onTestFinished(() => second.close())
  expect(second.runner.recover()).toHaveLength(1)
  expect(await second.runner.wait(takeover.job_id)).toMatchObject({ import_id: takeover.import_id })
  const stored = (await second.lake.storedBars('5m', 'SPY'))!
  expect([stored.source, stored.bars.length]).toEqual(['import:new', 100])
  await second.data.undo(takeover.import_id!)
  expect(await read()).toEqual(before)
})

it('does an import anew that was noted when the host died, but not committed', async () => {
  const root = temporaryFolder()
  await writeFile(join(root, 'one.csv'), csvOf(fiveMinuteBars('2024-01-02', 1)))
  const first = await openImporter(root)
  const { import_id, job_id } = await first.data.importFile({
    ...{ ticker: 'SPY', cadence: '5m', mode: 'commit', path: 'one.csv' },
  })
  first.ledger.imports.setStatus(Number(import_id), 'writing')
  first.ledger.jobs.update(Number(job_id), { status: 'running', finished_at: null })
  await first.close()
  await rm(join(root, 'lake/manifest.json'))

  const second = await openImporter(root)
  onTestFinished(() => second.close())
  second.runner.recover()
  expect(await second.runner.wait(job_id)).toMatchObject({ import_id: '2', report: { added: 78 } })
  const { rows } = await second.data.list({})
  expect(rows.map(({ id, status }) => [id, status])).toEqual([
    ['2', 'committed'],
    ['1', 'failed'],
  ])
})
