import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLake } from '#main/lake/lake.ts'
import type { SeriesKey } from '#main/lake/series-files.ts'
import { type RowColumns, rowsOfTable } from '#main/lake/tables.ts'
import { sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { openTempLake, type TempLake } from '#test/temp-lake.ts'

const key: SeriesKey = { kind: 'option_minutes', ticker: 'SPY', cadence: null }

/** One minute of a day, with a volume to tell it by. */
function minute(date: string, volume: number): RowColumns {
  const session = sessionOfDate(date)
  const row = { ts: sessionOpen[session]! + 60_000, session, hour_et: 9, strike: 500, is_call: 1, volume }
  const numbers = Object.entries({ ...row, vwap: 1.5, transactions: 1 })
  return rowsOfTable(
    'option_minutes',
    Object.fromEntries(numbers.map(([name, x]) => [name, Float64Array.of(x)])),
  )
}

/** Every file of a folder with its bytes. */
async function bytesOf(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  )
  const pairs = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return [path.slice(folder.length), (await readFile(path)).toString('base64')] as const
  })
  return Object.fromEntries((await Promise.all(pairs)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

let temp: TempLake
/** The lake before a change of three months, when the change was staged, and after it. */
let before: Record<string, string>
let staged: string
let after: Record<string, string>
beforeAll(async () => {
  temp = await openTempLake()
  const folder = join(temp.root, 'lake')
  await temp.lake.change(key, async (series) => {
    await series.put('2024-03', minute('2024-03-04', 1))
    await series.put('2024-04', minute('2024-04-01', 2))
    await series.commit('import:one')
  })
  before = await bytesOf(folder)
  staged = await mkdtemp(join(tmpdir(), 'sigma-staged-'))
  await temp.lake.change(key, async (series) => {
    await series.put('2024-03', minute('2024-03-04', 10))
    await series.put('2024-04', null)
    await series.put('2024-05', minute('2024-05-01', 30))
    await cp(folder, join(staged, 'lake'), { recursive: true })
    await series.commit('import:two')
  })
  after = await bytesOf(folder)
})
afterAll(async () => {
  await temp.remove()
  await rm(staged, { recursive: true })
})

/** What the next start makes of a lake that was left in the middle of a change. */
async function restart(prepare: (folder: string) => Promise<void>): Promise<Record<string, string>> {
  const root = await mkdtemp(join(tmpdir(), 'sigma-cut-'))
  try {
    const folder = join(root, 'lake')
    await cp(join(staged, 'lake'), folder, { recursive: true })
    await prepare(folder)
    await createLake(root, temp.duck).catalog()
    return await bytesOf(folder)
  } finally {
    await rm(root, { recursive: true })
  }
}

it('a change that was not committed when the host died never happened', async () => {
  expect(await restart(async () => {})).toEqual(before)
})

it('a committed change of several files is finished, however far it had come', async () => {
  const manifest = Buffer.from(after['/manifest.json']!, 'base64')
  const moves = [
    { from: 'staged/0.parquet', to: 'option_minutes/SPY/2024-03.parquet' },
    { from: 'staged/1.parquet', to: 'option_minutes/SPY/2024-05.parquet' },
    { from: 'staged/manifest.json', to: 'manifest.json' },
  ]
  const removes = ['option_minutes/SPY/2024-04.parquet']
  for (let done = 0; done <= moves.length + 1; done++) {
    const ended = await restart(async (folder) => {
      await writeFile(join(folder, 'staged/manifest.json'), manifest)
      await writeFile(join(folder, 'journal.json'), JSON.stringify({ moves, removes }))
      for (const { from, to } of moves.slice(0, done)) await rename(join(folder, from), join(folder, to))
      if (done > moves.length) await rm(join(folder, removes[0]!))
    })
    expect(ended).toEqual(after)
  }
})

it('a change that fails leaves the lake as it was, and the next one goes through', async () => {
  const folder = join(temp.root, 'lake')
  const failing = temp.lake.change(key, async (series) => {
    await series.put('2024-03', minute('2024-03-04', 77))
    throw new Error('in the middle')
  })
  await expect(failing).rejects.toThrow('in the middle')
  expect(await bytesOf(folder)).toEqual(after)
  await temp.lake.change(key, async (series) => {
    expect(series).toMatchObject({ source: 'import:two', parts: ['2024-03', '2024-05'], rows: 2 })
    for (const part of series.parts) await series.put(part, null)
    await series.commit('import:two')
  })
  expect(await temp.lake.catalog()).toEqual([])
})
