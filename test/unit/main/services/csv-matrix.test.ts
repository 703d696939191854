import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDuck } from '#main/lake/duck.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { adoptCsv } from '#main/services/csv-matrix.ts'
import { createMatrixStore } from '#main/services/matrix-store.ts'
import { horizonOf } from '#main/services/scoring.ts'
import { sessionClose, sessionDate, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { temporaryFolder, temporaryLedger } from '#test/temp-ledger.ts'
import { profileMatrix } from '#workers/jobs/profile-matrix.ts'

const first = sessionOfDate('2023-11-20')
const job = { run: async (_spec: unknown, input: unknown) => profileMatrix(input as never, idle) as never }
const idle = { report: () => {}, cancelled: () => false }

/** Adopts a CSV with the given lines in a workspace of its own. */
async function adopt(lines: string[], { target, features }: { target?: string; features?: string[] } = {}) {
  const root = temporaryFolder()
  const duck = await openDuck()
  const ledger = temporaryLedger()
  const matrixStore = createMatrixStore(root, duck, ledger)
  writeFileSync(join(root, 'own.csv'), `${lines.join('\n')}\n`)
  const model = { modelId: 'm', packId: 'p', ticker: 'SPY', features: features ?? null } as LoadedModel
  try {
    const sha = await adoptCsv({ root, duck, ledger, matrixStore }, model, 'own.csv', target, job)
    return { sha, loaded: await matrixStore.load(sha), profile: ledger.matrices.get(sha)!.profile }
  } finally {
    duck.close()
  }
}

/** Daily lines from the first session on: date, and what `cells` says. */
function daily(header: string, count: number, cells: (i: number) => (string | number)[]): string[] {
  const rows = Array.from({ length: count }, (_, i) => [sessionDate(first + i), ...cells(i)].join(','))
  return [`date,${header}`, ...rows]
}
const upDown = (i: number) => (i % 2 ? 'UP' : 'DOWN')

describe('columns of a CSV', () => {
  it('are features where they are numbers and not outcome, time, id or price', async () => {
    const header =
      'ts,hour_et,open,high,low,close,volume,rsi,Flag,note,ret_fwd,ret_next_hour,ret_fwd_5d,ret_1d,t1,y,y_syn,yield,id,trade_id,session,bar,exit_bar,timestamp'
    const { loaded } = await adopt(
      daily(header, 6, (i) => [
        sessionClose[first + i]! - 3_600_000,
        15,
        ...[1, 2, 0.5, 1.5, 100, i, i % 2 === 0 ? 'true' : 'false', 'text'],
        ...[0.01, 0.02, 0.03, 0.04, sessionClose[first + i]!, upDown(i), upDown(i), 3, i, i, 7, 8, 9, 10],
      ]),
    )
    expect(loaded.matrix.features).toEqual(['hour_et', 'rsi', 'Flag'])
    expect([...loaded.matrix.columns[2]!]).toEqual([1, 0, 1, 0, 1, 0])
    expect([...loaded.matrix.retFwd]).toEqual(new Array(6).fill(0.01))
    expect([...loaded.matrix.session]).toEqual([0, 1, 2, 3, 4, 5].map((i) => first + i))
  })

  it('are prices only where the model lists them, however the file spells them', async () => {
    const lines = daily('Open,Close,Volume,f,ret_fwd,Y', 4, (i) => [1 + i, 2 + i, 3 + i, i, 0.1, upDown(i)])
    expect((await adopt(lines)).loaded.matrix.features).toEqual(['f'])
    const { loaded } = await adopt(lines, { features: ['close', 'volume'] })
    expect(loaded.matrix.features).toEqual(['close', 'volume', 'f'])
    expect([...loaded.matrix.close]).toEqual([2, 3, 4, 5])
  })
})

describe('the target of a CSV', () => {
  const withTarget = (header: string, cells: (string | number)[]) =>
    daily(`f,ret_fwd,${header}`, cells.length + 1, (i) => [i, 0.01, cells[i] ?? ''])

  it.each([
    [
      ['UP', 'down', 'Flat', 'UP', ''],
      ['DOWN', 'FLAT', 'UP'],
      [2, 0, 1, 2, -1],
    ],
    [
      ['UP', 'DOWN', '', 'UP'],
      ['DOWN', 'UP'],
      [1, 0, -1, 1],
    ],
    [
      [0, 1, '', 1],
      ['DOWN', 'UP'],
      [0, 1, -1, 1],
    ],
    [
      [-1, 0, 1, ''],
      ['DOWN', 'FLAT', 'UP'],
      [0, 1, 2, -1],
    ],
    [
      [1, -1, 1],
      ['DOWN', 'FLAT', 'UP'],
      [2, 0, 2],
    ],
    [
      ['true', 'false'],
      ['DOWN', 'UP'],
      [1, 0],
    ],
  ])('%j gives the classes %j', async (cells, classes, y) => {
    const { matrix } = (await adopt(withTarget('y', cells))).loaded
    expect(matrix.classes).toEqual(classes)
    // The last row has no next one, so its label is not known.
    expect([...matrix.y]).toEqual([...y, -1])
  })

  it('is y, else y_syn, else the one asked for', async () => {
    const lines = daily('f,ret_fwd,y_syn,other', 4, (i) => [i, 0.1, upDown(i), 1 - (i % 2)])
    expect([...(await adopt(lines)).loaded.matrix.y]).toEqual([0, 1, 0, -1])
    expect([...(await adopt(lines, { target: 'other' })).loaded.matrix.y]).toEqual([1, 0, 1, -1])
    expect((await adopt(lines, { target: 'other' })).loaded.matrix.features).toEqual(['f'])
    await expect(adopt(lines, { target: 'othr' })).rejects.toThrow(/no target column othr.*other/)
  })

  it.each([
    [['UP', 'SIDE'], /target y has the value SIDE/],
    [[0, 2], /line 3: target y is 2/],
    [[0.5, 1], /line 2: target y is 0.5/],
    [['UP', 'UP'], /1 class/],
  ])('refuses %j', async (cells, message) => {
    await expect(adopt(withTarget('y', cells))).rejects.toThrow(message)
  })
})

describe('times of a CSV', () => {
  const instants = (text: (ts: number) => string) => [
    'ts,f,ret_fwd,y',
    ...[0, 1, 2].map((i) => `${text(sessionClose[first + i]! - 3_600_000)},${i},0.1,${upDown(i)}`),
  ]

  it.each([
    ['ISO with Z', (ts: number) => new Date(ts).toISOString()],
    ['ISO with an offset', (ts: number) => new Date(ts - 18_000_000).toISOString().replace('Z', '-05:00')],
    ['ISO without a zone, which is UTC', (ts: number) => new Date(ts).toISOString().slice(0, 19)],
    ['epoch milliseconds', String],
  ])('are the same instants as %s', async (_, text) => {
    const { matrix } = (await adopt(instants(text))).loaded
    expect([...matrix.ts]).toEqual([0, 1, 2].map((i) => sessionClose[first + i]! - 3_600_000))
  })

  it('are the closes of clock hours, on half days too', async () => {
    const hours = [9, 10, 11, 12]
    const lines = ['date,hour_et,ret_fwd,y', ...hours.map((h) => `2023-11-24,${h},0.1,${upDown(h)}`)]
    const { matrix } = (await adopt(lines)).loaded
    const open = sessionOpen[sessionOfDate('2023-11-24')]!
    expect([...matrix.ts]).toEqual([30, 90, 150, 210].map((minutes) => open + minutes * 60_000))
    expect(matrix.cadence).toBe('hourly')
    expect([...matrix.hourEt]).toEqual(hours)
  })

  it('take a date for the close of its session, as decision and as label end', async () => {
    const { matrix } = (
      await adopt(daily('f,ret_fwd,t1,y', 4, (i) => [i, 0.1, sessionDate(first + i + 2), upDown(i)]))
    ).loaded
    expect([...matrix.ts]).toEqual([0, 1, 2, 3].map((i) => sessionClose[first + i]))
    expect([...matrix.t1]).toEqual([2, 3, 4, 5].map((i) => sessionClose[first + i]))
    expect([...matrix.exitBar]).toEqual([2, 3, 3, 3])
  })

  it.each([
    [
      daily('f,ret_fwd,t1,y', 3, (i) => [i, 0.1, sessionDate(first + i), upDown(i)]),
      /line 2: t1 is not after/,
    ],
    [
      daily('f,ret_fwd,t1,y', 3, (i) => [i, 0.1, i ? '2023-11-29' : 'soon', upDown(i)]),
      /line 2: t1 is not a time/,
    ],
    [['ts,f,y', 'yesterday,1,UP', '2023-11-21T15:00:00Z,1,DOWN'], /line 2: ts is not a time/],
    [['ts,f,y', '2023-11-21T03:00:00Z,1,UP', '2023-11-21T15:00:00Z,1,DOWN'], /line 2: its time lies outside/],
    [daily('f,ret_fwd,y', 3, (i) => [i === 1 ? 'inf' : 1.5, 0.1, upDown(i)]), /line 3: f is infinite/],
    [daily('f,ret_fwd,y', 3, (i) => [i, '1.2 %', upDown(i)]), /return column ret_fwd is not of numbers/],
  ])('refuse %#', async (lines, message) => {
    await expect(adopt(lines)).rejects.toThrow(message)
  })
})

describe('returns of a CSV', () => {
  it('belong to no row without a label', async () => {
    const { matrix } = (await adopt(daily('f,ret_fwd,y', 4, (i) => [i, 0.1, i === 1 ? '' : upDown(i / 2)])))
      .loaded
    expect([...matrix.retFwd]).toEqual([0.1, Number.NaN, 0.1, Number.NaN])
  })

  it('over five days hold five tranches, whether t1 or the name says so', async () => {
    const named = await adopt(daily('f,ret_fwd_5d,y', 30, (i) => [i, 0.1, upDown(i)]))
    expect(horizonOf(named.loaded)).toBe(5)
    expect(named.loaded.matrix.t1[3]).toBe(sessionClose[first + 8])
    expect([...named.loaded.matrix.y.subarray(24)]).toEqual([0, -1, -1, -1, -1, -1])
    const timed = await adopt(
      daily('f,ret_fwd,t1,y', 30, (i) => [i, 0.1, sessionDate(first + i + 5), upDown(i)]),
    )
    expect(horizonOf(timed.loaded)).toBe(5)
    const next = await adopt(daily('f,ret_fwd,y', 30, (i) => [i, 0.1, upDown(i)]))
    expect(horizonOf(next.loaded)).toBe(1)
  })

  it('say how trades are filled', async () => {
    expect((await adopt(daily('f,ret_fwd_x,y', 4, (i) => [i, 0.1, upDown(i)]))).loaded.meta.fill).toBe(
      'return_column',
    )
    expect((await adopt(daily('f,y', 4, (i) => [i, upDown(i)]))).loaded.meta.fill).toBe('direction')
  })
})

describe('the sha of a CSV', () => {
  const lines = daily('f,ret_fwd,y,z', 4, (i) => [i, 0.1, upDown(i), i % 2])
  it('is that of its content, its target and its features', async () => {
    const { sha } = await adopt(lines)
    expect((await adopt(lines)).sha).toBe(sha)
    expect((await adopt([...lines.slice(0, -1), lines.at(-1)!.replace('0.1', '0.2')])).sha).not.toBe(sha)
    expect((await adopt(lines, { target: 'z' })).sha).not.toBe(sha)
  })
})
