import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportReport, ImportRow } from '#shared/contract/data.ts'
import { csvOf, fiveMinuteBars, putFile } from '#test/bar-files.ts'
import { lightServices } from '#test/light-services.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'
import { openTestWorkspace, risingDays, type TestWorkspace } from '#test/test-workspace.ts'

let workspace: TestWorkspace
let test: TestServer
beforeEach(async () => {
  workspace = await openTestWorkspace()
  test = await buildTestServer(lightServices(workspace))
})
afterEach(async () => {
  await test.server.close()
  await workspace.close()
})

interface Imported {
  ok: boolean
  import_id: string | null
  report: ImportReport
  error: { code: string; message: string }
}

async function send(fields: Record<string, unknown>, status = 200): Promise<Imported> {
  const payload = { ticker: 'SPY', cadence: '5m', path: 'in/spy.csv', ...fields }
  const reply = await test.server.inject({ method: 'POST', url: '/data/import', payload })
  expect(reply.statusCode, reply.body).toBe(status)
  return reply.json<Imported>()
}
const commit = (fields: Record<string, unknown> = {}, status = 200) =>
  send({ mode: 'commit', ...fields }, status)
const put = (content: string | Uint8Array, path = 'in/spy.csv') => putFile(workspace.root, path, content)
const undo = (id: string | null) => test.server.inject({ method: 'POST', url: `/data/imports/${id}/undo` })
const seriesFile = () => readFile(join(workspace.root, 'lake/bars/5m/SPY.parquet'))
const manifest = () => readFile(join(workspace.root, 'lake/manifest.json'), 'utf8')

const week = fiveMinuteBars('2024-03-06', 5)

describe('POST /data/import', () => {
  it('only reports in a dry run, takes the bars in on commit, adds nothing the second time, and undoes to the byte', async () => {
    await put(csvOf(week.slice(0, 200)))
    await commit()
    const before = [await seriesFile(), await manifest()]
    await put(csvOf(week))

    const dry = await send({})
    expect(dry.import_id).toBeNull()
    expect(dry.report).toMatchObject({ rows: 390, good: 390, bad: 0, added: 190, replaced: 0 })
    expect(dry.report.duplicates).toMatchObject({ in_file: 0, in_lake: 200, in_lake_differing: 0 })
    expect([await seriesFile(), await manifest()]).toEqual(before)

    const done = await commit()
    expect(done.report).toMatchObject({ added: 190, replaced: 0, dropped: 0 })
    const stored = (await workspace.lake.storedBars('5m', 'SPY'))!
    expect(stored.source).toBe('import:file')
    expect(Array.from(stored.bars.openTs)).toEqual(week.map(({ openTs }) => openTs))
    expect(Array.from(stored.bars.close)).toEqual(week.map(({ close }) => Number(close.toFixed(2))))
    expect(Array.from(stored.bars.volume)).toEqual(week.map(({ volume }) => volume))

    const after = await seriesFile()
    const again = await commit()
    expect(again.report).toMatchObject({ added: 0, replaced: 0, duplicates: { in_lake: 390 } })
    expect(await seriesFile()).toEqual(after)

    const undone = await undo(done.import_id)
    expect(undone.json()).toMatchObject({ ok: true, removed: 190, restored: 0, import: { status: 'undone' } })
    expect([await seriesFile(), await manifest()]).toEqual(before)
    expect((await undo(done.import_id)).statusCode).toBe(409)
  })

  it('takes a series that an import made out of the lake again', async () => {
    await put(csvOf(week))
    const { import_id } = await commit()
    expect((await undo(import_id)).statusCode).toBe(200)
    expect(await workspace.lake.catalog()).toEqual([])
    expect(await readdir(join(workspace.root, 'lake/bars/5m'))).toEqual([])
    expect(await readdir(join(workspace.root, 'lake/imports'))).toEqual([])
  })

  it('leaves bars that differ, or replaces them and puts them back', async () => {
    await put(csvOf(week))
    await commit()
    const before = await seriesFile()
    await put(csvOf(week.map((bar, i) => (i === 7 ? { ...bar, volume: 5 } : bar))))
    const kept = await commit()
    expect(kept.report).toMatchObject({ added: 0, replaced: 0, duplicates: { in_lake_differing: 1 } })
    expect(await seriesFile()).toEqual(before)
    const replaced = await commit({ on_duplicate: 'replace' })
    expect(replaced.report).toMatchObject({ added: 0, replaced: 1 })
    expect((await workspace.lake.storedBars('5m', 'SPY'))!.bars.volume[7]).toBe(5)
    expect((await undo(replaced.import_id)).json()).toMatchObject({ removed: 0, restored: 1 })
    expect(await seriesFile()).toEqual(before)
  })

  it('refuses to undo what a later import changed', async () => {
    await put(csvOf(week))
    const first = await commit()
    await put(csvOf(week.map((bar, i) => (i === 7 ? { ...bar, volume: 5 } : bar))))
    const second = await commit({ on_duplicate: 'replace' })
    const refused = await undo(first.import_id)
    expect(refused.json()).toMatchObject({ error: { code: 'CONFLICT', message: /changed since/ } })
    expect((await undo(second.import_id)).statusCode).toBe(200)
    expect((await undo(first.import_id)).statusCode).toBe(200)
    expect(await workspace.lake.catalog()).toEqual([])
  })

  it('takes the place of a series from another source only when told to, and puts it back', async () => {
    await workspace.lake.writeBars('daily', 'SPY', risingDays('2024-01-02', 30), 'simulated:v1')
    const file = () => readFile(join(workspace.root, 'lake/bars/daily/SPY.parquet'))
    const before = [await file(), await manifest()]
    await put('Date,Open,High,Low,Close\n2024-01-02,10,12,9,11\n2024-01-03,11,12,9,11\n')
    const dry = await send({ cadence: 'daily' })
    expect(dry.report.warnings.join()).toMatch(/simulated:v1.*replace/)
    const refused = await commit({ cadence: 'daily' }, 409)
    expect(refused.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/simulated:v1.*set replace/),
    })
    expect([await file(), await manifest()]).toEqual(before)
    const done = await commit({ cadence: 'daily', replace: true, source: 'mine' })
    expect(done.report).toMatchObject({ added: 0, replaced: 2, dropped: 28, source: 'import:mine' })
    expect((await workspace.lake.storedBars('daily', 'SPY'))!.bars.length).toBe(2)
    expect((await undo(done.import_id)).json()).toMatchObject({ removed: 0, restored: 30 })
    expect([await file(), await manifest()]).toEqual(before)
  })

  it('takes a streamed CSV, and the commit from where the dry run left it', async () => {
    const url = '/data/import?ticker=spy&cadence=5m&file_name=march.csv&source=vendor'
    const headers = { 'content-type': 'text/csv; charset=utf-8' }
    const reply = await test.server.inject({ method: 'POST', url, headers, payload: csvOf(week) })
    const { report } = reply.json<Imported>()
    expect(report, reply.body).toMatchObject({ good: 390, added: 390, ticker: 'SPY' })
    const done = await commit({ path: report.file.path, source: 'vendor' })
    expect(done.report.added).toBe(390)
    expect(await readdir(join(workspace.root, 'imports'))).toEqual([])
  })

  it('takes a streamed Parquet file with its own names and epoch times', async () => {
    const path = join(workspace.root, 'in.parquet')
    const rows = week.map(
      (bar) => `(${bar.openTs}, ${bar.open}, ${bar.high}, ${bar.low}, ${bar.close}, ${bar.volume})`,
    )
    await workspace.duck.run(
      `COPY (SELECT make_timestamptz(t * 1000) AS "Bar Start", o AS "O", h AS "H", l AS "L", c AS "C", v AS "V"
       FROM (VALUES ${rows.join(', ')}) AS x(t, o, h, l, c, v)) TO '${path}' (FORMAT parquet)`,
    )
    const mapping = encodeURIComponent(JSON.stringify({ ts: 'Bar Start' }))
    const url = `/data/import?ticker=SPY&cadence=5m&mode=commit&mapping=${mapping}`
    const headers = { 'content-type': 'application/octet-stream' }
    const reply = await test.server.inject({ method: 'POST', url, headers, payload: await readFile(path) })
    expect(reply.json<Imported>().report, reply.body).toMatchObject({
      good: 390,
      added: 390,
      file: { format: 'parquet' },
    })
    const { bars } = (await workspace.lake.storedBars('5m', 'SPY'))!
    expect(Array.from(bars.openTs)).toEqual(week.map(({ openTs }) => openTs))
    expect(Array.from(bars.high)).toEqual(week.map(({ high }) => high))
  })

  it('reports bad rows by line, rows outside the session, repeats and gaps, and stores the rest', async () => {
    const lines = csvOf(week).split('\n')
    lines[3] = lines[3]!.replace(/,\d+$/, ',many')
    lines[5] = '2024-03-06 09:50:00,100.00,99.00,101.00,100.00,5'
    lines[7] = '2024-03-06 08:00:00,100.00,101.00,99.00,100.00,5'
    lines.splice(9, 0, lines[8]!, '"2024-03-06 10:00:00,1,1,1,1,1')
    await put(lines.join('\r\n'))
    const { report } = await commit()
    expect(report).toMatchObject({ rows: 392, bad: 3, outside_session: 1, good: 387, added: 387 })
    expect(report.bad_rows).toEqual([
      { line: 4, reason: 'volume "many" is not a number' },
      { line: 6, reason: 'high 99 is below low 101' },
      { line: 11, reason: 'a quote is not closed' },
    ])
    expect(report.duplicates).toMatchObject({ in_file: 1, in_file_differing: 0 })
    expect(report.gaps).toMatchObject({
      missing_bars: 3,
      bars: [{ date: '2024-03-06', missing: 3, expected: 78 }],
    })
  })

  it.each([
    ['a file of zero bytes', '', /in\/spy\.csv is empty/],
    [
      'a header alone',
      'ts,open,high,low,close\n',
      /spy\.csv was not imported: the file has a header and no rows/,
    ],
    ['UTF-16', Buffer.from('\ufeffts,open', 'utf16le'), /in\/spy\.csv is in UTF-16/],
    [
      'Windows-1252',
      Buffer.from('ts,open,high,low,close,gr\xf6\xdfe\n', 'latin1'),
      /in\/spy\.csv is not in UTF-8/,
    ],
    ['a spreadsheet', Buffer.from('PK\x03\x04xxxx'), /in\/spy\.csv is a ZIP archive or a spreadsheet/],
    ['broken Parquet', Buffer.from('PAR1 this is none PAR1'), /in\/spy\.csv cannot be read as Parquet/],
    [
      'a table without prices',
      'a,b\n1,2\n',
      /in\/spy\.csv has no column for ts, open, high, low, close: it has a, b/,
    ],
  ])('refuses %s, naming the file', async (_, content, message) => {
    await put(content)
    const { error } = await commit({}, 400)
    expect(error.code).toBe('INVALID_PARAM')
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain(workspace.root)
    expect(await workspace.lake.catalog()).toEqual([])
  })

  it('refuses a folder, a file that is not there, and a path out of the workspace', async () => {
    await mkdir(join(workspace.root, 'in'))
    for (const path of ['in', 'in/none.csv', '../secret.csv', 'ledger.db']) {
      const { error } = await send({ path }, 400)
      expect(error.message).toContain(JSON.stringify(path))
    }
  })

  it('refuses what is no body, no known field, and a mapping to no column', async () => {
    await put(csvOf(week))
    const bare = await test.server.inject({ method: 'POST', url: '/data/import' })
    expect(bare.json()).toMatchObject({ error: { code: 'INVALID_PARAM' } })
    expect((await send({ mapping: { ts: 'tz' } }, 400)).error.message).toMatch(
      /no column "tz" \(did you mean ts\?\)/,
    )
    expect((await send({ time_zone: 'Mars/Base' }, 400)).error.message).toMatch(/Mars\/Base/)
    expect((await send({ cadence: '1m' }, 400)).error.message).toMatch(/cadence/)
    expect((await send({ colour: 'red' }, 400)).error.message).toMatch(/colour/)
    const form = await test.server.inject({
      method: 'POST',
      url: '/data/import?ticker=SPY&cadence=5m',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'a=b',
    })
    expect(form.statusCode).toBe(415)
    const csvElsewhere = await test.server.inject({
      method: 'POST',
      url: '/data/imports/1/undo',
      headers: { 'content-type': 'text/csv' },
      payload: 'a,b',
    })
    expect(csvElsewhere.statusCode).toBe(415)
  })

  it('refuses a file that is plainly of another cadence', async () => {
    const minutes = week.flatMap((bar) =>
      [0, 1, 2, 3, 4].map((m) => ({ ...bar, openTs: bar.openTs + m * 60_000 })),
    )
    await put(csvOf(minutes))
    expect((await commit({}, 400)).error.message).toMatch(/do not fit the grid of 5m bars/)
    await put(csvOf(week.filter((_, i) => i % 3 === 0)))
    expect((await commit({}, 400)).error.message).toMatch(/most bars are 3 bars apart/)
    await put('ts,open,high,low,close\n2024-03-06 09:30,1,1,1,1\n2024-03-06 10:30,1,1,1,1\n')
    expect((await commit({ cadence: 'hourly' }, 400)).error.message).toMatch(/half past/)
    expect(await workspace.lake.catalog()).toEqual([])
  })
})

describe('GET /data/imports', () => {
  it('lists imports, newest first, by the name of their file', async () => {
    await put(csvOf(week.slice(0, 10)))
    await commit()
    await put(csvOf(week), 'in/more.csv')
    await commit({ path: 'in/more.csv' })
    const { rows, total } = (await test.server.inject('/data/imports')).json<{
      rows: ImportRow[]
      total: number
    }>()
    expect(total).toBe(2)
    expect(rows.map(({ file_name, status, added }) => [file_name, status, added])).toEqual([
      ['more.csv', 'committed', 380],
      ['spy.csv', 'committed', 10],
    ])
  })

  it('does not know an import that never was', async () => {
    expect((await undo('77')).json()).toMatchObject({
      error: { code: 'NOT_FOUND', message: 'import 77 does not exist' },
    })
  })
})
