import { describe, expect, test } from 'vitest'
import type { LeaderboardOrder } from '#main/ledger/leaderboard.ts'
import { leaderboardRow, leaderboardRowText } from '#main/ledger/leaderboard-row.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import { LeaderboardRow } from '#shared/contract/backtests.ts'
import { addSweep, backtestRun } from '#test/ledger-rows.ts'
import { temporaryLedger } from '#test/temp-ledger.ts'

const orders: LeaderboardOrder[] = ['sharpe', 'sharpe_hourly', 'cum_ret', 'score', 'dsr', 'created_at']
const count = 157

/** Runs with many ties and many missing figures in every order. */
function fill(ledger: Ledger): void {
  const sweep = addSweep(ledger)
  const pick = (i: number, step: number) => ((i * step) % 11 < 3 ? null : ((i * step) % 7) - 3)
  ledger.transaction(() => {
    for (let i = 0; i < count; i++) {
      ledger.backtestRuns.add(
        backtestRun({
          sweep: i % 3 === 0 ? { id: sweep, position: i } : null,
          config_key: `k${i}`,
          model_id: i % 2 === 0 ? 'even' : 'odd',
          gate: { pass: i % 5 === 0, reasons: [] },
          tag: i % 4 === 0 ? 'demo' : null,
          metrics: { sharpe: pick(i, 1), score: pick(i, 3), dsr: pick(i, 5) },
          best_sharpe_hourly: pick(i, 7),
          best_cum_ret: pick(i, 9),
          started_at: `2024-01-${String(1 + (i % 28)).padStart(2, '0')}T23:59:59.999Z`,
        }),
      )
    }
  })
}

const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id)

describe('the leaderboard', () => {
  test.each(orders)('by %s: pages of any size tile the whole, in a first pass and in a second', (order) => {
    const ledger = temporaryLedger()
    fill(ledger)
    const whole = idsOf(ledger.backtestRuns.leaderboard({}, order, 200, 0).rows)
    expect(new Set(whole).size).toBe(count)
    for (const limit of [1, 7, 50]) {
      for (const pass of ['first', 'second']) {
        const tiled: number[] = []
        for (let offset = 0; offset < count; offset += limit) {
          const { rows, total } = ledger.backtestRuns.leaderboard({}, order, limit, offset)
          expect(total).toBe(count)
          tiled.push(...idsOf(rows))
        }
        expect([pass, tiled]).toEqual([pass, whole])
      }
    }
    // Pages from the back, so that nothing before them was served.
    const other = temporaryLedger()
    fill(other)
    expect(idsOf(other.backtestRuns.leaderboard({}, order, 10, 120).rows)).toEqual(whole.slice(120, 130))
    expect(idsOf(other.backtestRuns.leaderboard({}, order, 10, 150).rows)).toEqual(whole.slice(150))
    expect(other.backtestRuns.leaderboard({}, order, 10, 5000)).toEqual({ rows: [], total: count })
  })

  test('ranks the best first, ties by id, missing figures last', () => {
    const ledger = temporaryLedger()
    for (const sharpe of [null, 1, 2, null, 2, Number.NaN, -5])
      ledger.backtestRuns.add(backtestRun({ metrics: { sharpe } }))
    expect(idsOf(ledger.backtestRuns.leaderboard({}, 'sharpe', 10, 0).rows)).toEqual([3, 5, 2, 7, 1, 4, 6])
    expect(idsOf(ledger.backtestRuns.leaderboard({}, 'created_at', 10, 0).rows)).toEqual([
      7, 6, 5, 4, 3, 2, 1,
    ])
  })

  test('orders by the best threshold’s figures where these are asked for', () => {
    const ledger = temporaryLedger()
    ledger.backtestRuns.add(backtestRun({ best_sharpe_hourly: 1, best_cum_ret: 3 }))
    ledger.backtestRuns.add(backtestRun({ best_sharpe_hourly: 2, best_cum_ret: 1 }))
    expect(idsOf(ledger.backtestRuns.leaderboard({}, 'sharpe_hourly', 10, 0).rows)).toEqual([2, 1])
    expect(idsOf(ledger.backtestRuns.leaderboard({}, 'cum_ret', 10, 0).rows)).toEqual([1, 2])
  })

  test.each([
    [{ model_id: 'odd' }, (i: number) => i % 2 === 1],
    [{ pass_gate: false }, (i: number) => i % 5 !== 0],
    [{ tag: 'demo', pass_gate: true }, (i: number) => i % 20 === 0],
    [{ sweep_id: 1 }, (i: number) => i % 3 === 0],
    [{ start: '2024-01-03', end: '2024-01-04' }, (i: number) => i % 28 === 2 || i % 28 === 3],
    [{ pack_id: 'other' }, () => false],
    [{ risk_profile: 'balanced' }, () => true],
  ])('filters by %j', (filter, holds) => {
    const ledger = temporaryLedger()
    fill(ledger)
    const wanted = Array.from({ length: count }, (_, i) => i)
      .filter(holds)
      .map((i) => i + 1)
    const { rows, total } = ledger.backtestRuns.leaderboard(filter, 'score', 200, 0)
    expect(idsOf(rows).sort((a, b) => a - b)).toEqual(wanted)
    expect(total).toBe(wanted.length)
  })

  test('shows a new run at once, on pages that were served before too', () => {
    const ledger = temporaryLedger()
    fill(ledger)
    const before = idsOf(ledger.backtestRuns.leaderboard({}, 'sharpe', 10, 10).rows)
    const best = ledger.backtestRuns.add(backtestRun({ metrics: { sharpe: 100 } }))
    const top = ledger.backtestRuns.leaderboard({}, 'sharpe', 11, 0)
    expect([idsOf(top.rows)[0], top.total]).toEqual([best, count + 1])
    expect(idsOf(ledger.backtestRuns.leaderboard({}, 'sharpe', 9, 11).rows)).toEqual(before.slice(0, 9))
  })
})

test('the text of a row is JSON of the whole row, whatever its names hold', () => {
  const ledger = temporaryLedger()
  const sweep = addSweep(ledger)
  ledger.backtestRuns.add(
    backtestRun({
      model_id: 'a "quoted" \\ name\n',
      tag: 'ü',
      sweep: { id: sweep, position: 0 },
      gate: { pass: true, reasons: [] },
      best_sharpe_hourly: 0.1 + 0.2,
      best_cum_ret: null,
      metrics: { sharpe: 1 / 3, dsr: Number.NaN },
    }),
  )
  const [row] = ledger.backtestRuns.leaderboard({}, 'sharpe', 1, 0).rows
  const read = JSON.parse(leaderboardRowText(row!))
  expect(Object.keys(read)).toEqual(
    Object.keys(LeaderboardRow.properties).filter((key) => key !== 'verdicts'),
  )
  expect(read).toMatchObject({
    ...{ id: '1', model_id: 'a "quoted" \\ name\n', tag: 'ü', sweep_id: String(sweep) },
    ...{ simulated: row!.simulated === 1, gate: { pass: true, reasons: [] } },
    ...{ best_sharpe_hourly: 0.1 + 0.2, best_cum_ret: null, metrics: { sharpe: 1 / 3, dsr: null } },
  })
  expect(leaderboardRow(row!)).toEqual(read)
})
