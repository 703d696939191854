import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImportReport } from '#shared/contract/data.ts'
import type { OptionMinutes } from '#shared/jobs/market-types.ts'
import type { SimulateMarketResult } from '#shared/jobs/simulate-market.ts'
import { putFile } from '#test/bar-files.ts'
import { lightServices } from '#test/light-services.ts'
import { chainCsv, indexCsv, minutesCsv } from '#test/option-files.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'
import { openTestWorkspace, type TestWorkspace } from '#test/test-workspace.ts'
import { simulateMarket } from '#workers/jobs/simulate-market.ts'

let market: SimulateMarketResult
let workspace: TestWorkspace
let test: TestServer
beforeAll(() => {
  // Over the end of a month, so that options are more than one file.
  const window = { seed: 5, firstDate: '2024-06-27', lastDate: '2024-07-01' }
  market = simulateMarket(window, { report: () => undefined, cancelled: () => false })
})
beforeEach(async () => {
  workspace = await openTestWorkspace()
  test = await buildTestServer(lightServices(workspace))
})
afterEach(async () => {
  await test.server.close()
  await workspace.close()
})

interface Imported {
  import_id: string | null
  report: ImportReport
  error: { code: string; message: string }
}

const kinds = ['index', 'option_minutes', 'chain'] as const
type Kind = (typeof kinds)[number]

async function send(kind: Kind, fields: Record<string, unknown>, status = 200): Promise<Imported> {
  const payload = { kind, path: `in/${kind}.csv`, ...(kind === 'index' ? {} : { ticker: 'SPY' }), ...fields }
  const reply = await test.server.inject({ method: 'POST', url: '/data/import', payload })
  expect(reply.statusCode, reply.body).toBe(status)
  return reply.json<Imported>()
}
const commit = (kind: Kind, fields = {}, status = 200) => send(kind, { mode: 'commit', ...fields }, status)
const undo = async (id: string | null) => {
  const reply = await test.server.inject({ method: 'POST', url: `/data/imports/${id}/undo` })
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<{ removed: number; restored: number }>()
}
const text = (kind: Kind) =>
  kind === 'index'
    ? indexCsv(market.index)
    : kind === 'chain'
      ? chainCsv(market.chain, false)
      : minutesCsv('SPY', market.optionMinutes)
const put = (kind: Kind, content: string) => putFile(workspace.root, `in/${kind}.csv`, content)

/** Minutes in the order of the lake: those that end together by strike, puts before calls. */
function sortedMinutes({ rows, ...columns }: OptionMinutes): OptionMinutes {
  const { ts, strike, isCall } = columns
  const order = Uint32Array.from({ length: rows }, (_, i) => i).sort(
    (a, b) => ts[a]! - ts[b]! || strike[a]! - strike[b]! || isCall[a]! - isCall[b]!,
  )
  const sorted = Object.entries(columns).map(([name, column]) => [
    name,
    column.map((_: number, i: number) => column[order[i]!]!),
  ])
  return { rows, ...Object.fromEntries(sorted) }
}

/** Every file of the lake but those that say how to undo, with its bytes. */
async function lakeBytes(): Promise<[string, string][]> {
  const folder = join(workspace.root, 'lake')
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((each) => each.isFile() && !each.parentPath.endsWith('imports'))
  const pairs = files.map(async ({ parentPath, name }): Promise<[string, string]> => {
    const path = join(parentPath, name)
    return [path, (await readFile(path)).toString('base64')]
  })
  return (await Promise.all(pairs)).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** A header with every second of its rows. */
const half = (content: string) =>
  content
    .split('\n')
    .filter((_, i) => i === 0 || i % 2 === 1)
    .join('\n')

describe.each(kinds)('POST /data/import of %s', (kind) => {
  it('reports in a dry run, adds on commit, adds nothing the second time, and undoes to the byte', async () => {
    await put(kind, half(text(kind)))
    const first = await commit(kind)
    const before = await lakeBytes()
    await put(kind, text(kind))
    const dry = await send(kind, {})
    expect(await lakeBytes()).toEqual(before)
    expect(dry.report).toMatchObject({ bad: 0, replaced: 0, dropped: 0, problems: [] })
    expect(dry.report.duplicates).toMatchObject({
      in_file: 0,
      in_lake: first.report.added,
      in_lake_differing: 0,
    })
    const done = await commit(kind)
    expect(done.report.added).toBe(dry.report.added)
    expect(first.report.added + done.report.added).toBe(done.report.good)
    const after = await lakeBytes()
    const again = await commit(kind)
    expect(again.report).toMatchObject({ added: 0, replaced: 0, duplicates: { in_lake: done.report.good } })
    expect(await lakeBytes()).toEqual(after)
    expect(await undo(done.import_id)).toMatchObject({ removed: done.report.added, restored: 0 })
    expect(await lakeBytes()).toEqual(before)
    await undo(first.import_id)
    expect(await workspace.lake.catalog()).toEqual([])
    expect(await readdir(join(workspace.root, 'lake/imports'))).toEqual([])
  })

  it('takes the place of a series from another source only when told to, and puts it back to the byte', async () => {
    const { lake } = workspace
    if (kind === 'index') await lake.writeIndexLevels(market.index, 'simulated:v1')
    else if (kind === 'chain') await lake.writeChain('SPY', market.chain, 'simulated:v1')
    else await lake.writeOptionMinutes('SPY', market.optionMinutes, 'simulated:v1')
    const before = await lakeBytes()
    const [header, ...rows] = text(kind).trim().split('\n')
    // The last rows only: the other month goes.
    await put(kind, [header, ...rows.slice(-2)].join('\n'))
    expect((await commit(kind, {}, 409)).error.message).toMatch(/comes from simulated:v1: set replace/)
    const done = await commit(kind, { replace: true, source: 'mine' })
    expect(done.report).toMatchObject({ added: 0 })
    expect(done.report.dropped).toBeGreaterThan(0)
    expect((await lake.catalog())[0]).toMatchObject({ source: 'import:mine', simulated: false })
    await undo(done.import_id)
    expect(await lakeBytes()).toEqual(before)
  })

  it('gives back what the file says', async () => {
    await put(kind, text(kind))
    await commit(kind)
    const { lake } = workspace
    if (kind === 'index') expect(await lake.indexLevels()).toEqual(market.index)
    else if (kind === 'option_minutes')
      expect(await lake.optionMinutes('SPY')).toEqual(sortedMinutes(market.optionMinutes))
    else {
      const { vega: _, theta: __, gamma, iv, delta, ...rest } = market.chain
      const stored = await lake.chain('SPY')
      for (const [name, values] of Object.entries(rest))
        expect({ [name]: stored[name as keyof typeof stored] }).toEqual({ [name]: values })
      const given = Array.from(iv, (sigma, q) => (Number.isNaN(sigma) ? -1 : q)).filter((q) => q >= 0)
      const pick = (column: Float64Array) => given.map((q) => column[q]!)
      expect(given.length).toBeGreaterThan(1000)
      expect(pick(stored.iv)).toEqual(pick(iv))
      expect(pick(stored.delta)).toEqual(pick(delta))
      expect(pick(stored.gamma)).toEqual(pick(gamma).map(Math.fround))
    }
  })

  it('leaves rows that differ, or replaces them and puts them back', async () => {
    await put(kind, text(kind))
    await commit(kind)
    const before = await lakeBytes()
    const changed = text(kind)
      .split('\n')
      .map((line, i) => {
        const cells = line.split(',')
        if (i === 3) cells[1] = kind === 'index' ? '33.33' : kind === 'chain' ? cells[1]! : '9999'
        if (i === 3 && kind === 'chain') cells[7] = '9999'
        return cells.join(',')
      })
    await put(kind, changed.join('\n'))
    const kept = await commit(kind)
    expect(kept.report).toMatchObject({ added: 0, replaced: 0, duplicates: { in_lake_differing: 1 } })
    expect(await lakeBytes()).toEqual(before)
    const replaced = await commit(kind, { on_duplicate: 'replace' })
    expect(replaced.report).toMatchObject({ added: 0, replaced: 1 })
    expect(await lakeBytes()).not.toEqual(before)
    expect(await undo(replaced.import_id)).toMatchObject({ removed: 0, restored: 1 })
    expect(await lakeBytes()).toEqual(before)
  })
})

describe('POST /data/import', () => {
  it('takes levels of one index after the other into the same days', async () => {
    await putFile(workspace.root, 'in/index.csv', 'DATE,OPEN,HIGH,LOW,CLOSE\n07/01/2024,12,13,11,12.5\n')
    const vix = await commit('index', { ticker: 'VIX', time_format: 'mdy' })
    await putFile(workspace.root, 'in/index.csv', 'DATE,CLOSE\n07/01/2024,14.5\n07/02/2024,14.6\n')
    const vix3m = await commit('index', { ticker: 'VIX3M', time_format: 'mdy' })
    expect(vix3m.report).toMatchObject({ ticker: 'VIX', cadence: 'daily', added: 2, replaced: 0 })
    const { vix: stored, vix3m: longer } = await workspace.lake.indexLevels()
    expect([[...stored], [...longer]]).toEqual([
      [12.5, Number.NaN],
      [14.5, 14.6],
    ])
    await undo(vix.import_id)
    expect([...(await workspace.lake.indexLevels()).vix3m]).toEqual([14.5, 14.6])
  })

  it('leaves out a day of option minutes that has a bad row, and refuses where the day is unknown', async () => {
    const lines = text('option_minutes').trim().split('\n')
    lines[5] = lines[5]!.replace(/,\d+,/, ',many,')
    await put('option_minutes', lines.join('\n'))
    const { report } = await commit('option_minutes')
    expect(report.bad_rows).toEqual([{ line: 6, reason: 'volume "many" is not a number' }])
    expect(report.incomplete).toMatchObject({ sessions: 1, dates: ['2024-06-27'] })
    expect(report.good + report.incomplete.rows + report.bad).toBe(report.rows)
    expect(report.warnings.join()).toMatch(/their sums would be too small: 2024-06-27/)
    const { session } = await workspace.lake.timesPerSession('option_minutes', 'SPY')
    expect(session).toHaveLength(2)

    lines[5] = lines[5]!.replace(/,\d{19},/, ',yesterday,')
    await put('option_minutes', lines.join('\n'))
    const refused = await commit('option_minutes', {}, 400)
    expect(refused.error.message).toMatch(/1 bad rows belong to no known session, the first in line 6/)
  })

  it('knows contracts and no premium of minutes without a price', async () => {
    await workspace.lake.writeBars('5m', 'SPY', market.fund, 'import:file')
    const rows = text('option_minutes')
      .trim()
      .split('\n')
      .map((line, i) => (i === 0 ? line : line.split(',').with(2, '').join(',')))
    await put('option_minutes', rows.join('\n'))
    await commit('option_minutes')
    const flow = await workspace.lake.flow('SPY', {}, 3)
    const known = Array.from(flow.callsSold, (x, i) => [x, flow.callsPremium[i]!]).filter(([x]) => x! > 0)
    expect(known.length).toBeGreaterThan(10)
    expect(known.every(([, premium]) => Number.isNaN(premium))).toBe(true)
  })

  it('takes a streamed Parquet file of option minutes', async () => {
    await put('option_minutes', text('option_minutes'))
    const [csv, parquet] = ['option_minutes.csv', 'm.parquet'].map((name) => join(workspace.root, 'in', name))
    await workspace.duck.run(`COPY (SELECT * FROM read_csv('${csv}')) TO '${parquet}' (FORMAT parquet)`)
    const reply = await test.server.inject({
      method: 'POST',
      url: '/data/import?kind=option_minutes&ticker=spy&mode=commit',
      headers: { 'content-type': 'application/octet-stream' },
      payload: await readFile(parquet!),
    })
    expect(reply.json<Imported>().report, reply.body).toMatchObject({
      bad: 0,
      added: market.optionMinutes.rows,
    })
    expect(await workspace.lake.optionMinutes('SPY')).toEqual(sortedMinutes(market.optionMinutes))
  })

  it('reads decimal commas, day-first dates and another time zone', async () => {
    const csv = 'Zeit;Symbol;Volumen;VWAP\n02.07.2024 15:31;SPY240702C00550000;3;1,25\n'
    await put('option_minutes', csv)
    const fields = {
      time_zone: 'Europe/Berlin',
      time_format: 'dmy',
      mapping: { ts: 'zeit', volume: 'VOLUMEN' },
    }
    const { report } = await commit('option_minutes', fields)
    expect(report).toMatchObject({
      decimal: ',',
      separator: ';',
      first: '2024-07-02T13:32:00.000Z',
      added: 1,
    })
    expect((await workspace.lake.optionMinutes('SPY')).vwap[0]).toBe(1.25)
  })

  it('refuses what does not belong together, naming it', async () => {
    await put('chain', text('chain'))
    const message = async (kind: Kind, fields: Record<string, unknown>) =>
      (await send(kind, fields, 400)).error.message
    expect(await message('chain', { cadence: '5m' })).toBe('cadence 5m is of bars, not of an import of chain')
    expect(await message('chain', { mapping: { open: 'bid' } })).toMatch(
      /mapping\.open is none of an import of chain/,
    )
    expect(await message('chain', { ticker: 'SPY:X' })).toMatch(/ticker must be .* got "SPY:X"/)
    expect(await message('chain', { mapping: { strike: '' } })).toMatch(/has no column for strike/)
    const bare = await test.server.inject({
      method: 'POST',
      url: '/data/import',
      payload: { path: 'in/chain.csv' },
    })
    expect(bare.json<Imported>().error.message).toBe('cadence of the bars is missing')
    await writeFile(
      join(workspace.root, 'in/chain.csv'),
      text('chain').replaceAll(/\d+-\d+-\d+T/g, '2024-07-06T'),
    )
    expect((await commit('chain', {}, 400)).error.message).toMatch(/no usable quote/)
  })
})
