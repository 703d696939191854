import { describe, expect, it } from 'vitest'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import { backtestRun } from '#test/ledger-rows.ts'
import { temporaryLedger } from '#test/temp-ledger.ts'

/** Configurations gated under several profiles, and the ids of their runs. */
function fill() {
  const ledger = temporaryLedger()
  const add = (config_key: string, risk_profile: RiskProfile, pass: boolean) => {
    const { lineage } = backtestRun()
    return ledger.backtestRuns.add(
      backtestRun({ config_key, gate: { pass, reasons: [] }, lineage: { ...lineage, risk_profile } }),
    )
  }
  const ids = [
    add('flips', 'balanced', true),
    add('flips', 'aggressive', false),
    add('same', 'balanced', true),
    add('same', 'aggressive', true),
    // It failed once, and passes since its budget changed.
    add('mended', 'balanced', false),
    add('mended', 'aggressive', true),
    add('mended', 'balanced', true),
    add('alone', 'balanced', false),
  ]
  return { ledger, ids }
}

describe('configurations that flip between profiles', () => {
  it('are found by the newest verdict under each profile, and among what else is asked for', () => {
    const { ledger, ids } = fill()
    const board = (filter: object) =>
      ledger.backtestRuns
        .leaderboard(filter, 'created_at', 50, 0)
        .rows.map(({ id }) => Number(id))
        .sort((a, b) => a - b)
    expect(board({ flips: true })).toEqual(ids.slice(0, 2))
    expect(board({ flips: true, risk_profile: 'balanced' })).toEqual(ids.slice(0, 1))
    expect(board({})).toHaveLength(ids.length)
    expect(ledger.backtestRuns.leaderboard({ flips: true }, 'sharpe', 1, 0).total).toBe(2)
  })

  it('have their verdicts by profile, the newest of each', () => {
    const { ledger, ids } = fill()
    expect(ledger.backtestRuns.verdictsOf(ids[4]!)).toEqual([
      { risk_profile: 'aggressive', pass: true, run_id: String(ids[5]) },
      { risk_profile: 'balanced', pass: true, run_id: String(ids[6]) },
    ])
  })
})

describe('saved views', () => {
  it('are listed by screen and name, replaced by name, and given back when they go', () => {
    const { views } = temporaryLedger()
    views.save({ screen: 'leaderboard', name: 'b', params: { pass_gate: '1' } })
    const first = views.save({ screen: 'leaderboard', name: 'a', params: { order_by: 'dsr' } })
    views.save({ screen: 'sweeps', name: 'c', params: {} })
    const again = views.save({ screen: 'leaderboard', name: 'a', params: { order_by: 'score' } })
    expect(again.id).toBe(first.id)
    expect(views.list('leaderboard').map(({ name, params }) => [name, params])).toEqual([
      ['a', { order_by: 'score' }],
      ['b', { pass_gate: '1' }],
    ])
    expect(views.remove(Number(first.id))).toEqual(again)
    expect(views.remove(Number(first.id))).toBeUndefined()
  })
})
