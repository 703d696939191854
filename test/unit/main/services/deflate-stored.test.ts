import { describe, expect, it } from 'vitest'
import type { Ledger } from '#main/ledger/ledger.ts'
import { deflateStored, trialsOf } from '#main/services/trial-book.ts'
import { deflate } from '#main/services/trial-statistics.ts'
import { evaluateGate } from '#shared/catalog/gates/evaluate-gate.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { momentsOf, sharpeError, sharpeOf } from '#shared/kernels/statistics.ts'
import { backtestRun } from '#test/ledger-rows.ts'
import { temporaryLedger } from '#test/temp-ledger.ts'

const annual = Math.sqrt(252)

function returns(seed: number, drift: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: 300 }, () => drift + random.nextGaussian() * 0.01)
}

function addTrial(ledger: Ledger, model_id: string, config_key: string, daily_returns: Float64Array): void {
  const sharpe_daily = sharpeOf(momentsOf(daily_returns))
  ledger.trials.add({ model_id, matrix_sha: 'x', config_key, daily_returns, sharpe_daily })
}

/** Stores a run as it is judged among the trials so far, under a budget that asks for a deflated Sharpe ratio. */
async function addRun(
  ledger: Ledger,
  model_id: string,
  daily: Float64Array,
  dsr_min: number,
): Promise<number> {
  const moments = momentsOf(daily)
  const sharpe = sharpeOf(moments)
  const trials = await trialsOf({ ledger }, model_id)
  const error = sharpeError({ ...moments, sharpe })
  const metrics = {
    sharpe: sharpe * annual,
    sharpe_se: error * annual,
    sessions: daily.length,
    ...deflate(moments, trials),
  } as RunMetrics
  const { gate, checks } = evaluateGate(
    { dsr_min },
    {
      metrics,
      capacity: {} as never,
      assetType: 'eq',
      allowedHours: [],
      hasHours: false,
      leakageFlags: [],
      pbo: null,
      metricsByFold: [],
    },
  )
  const config_key = `run ${daily[0]}`
  return ledger.backtestRuns.add(backtestRun({ model_id, config_key, metrics, gate, checks }))
}

const rowOf = (ledger: Ledger, id: number) => ledger.backtestRuns.get(id)!.row

describe('a stored run', () => {
  const good = returns(1, 0.0015)

  it('is deflated by trials that came after it as if it were judged today', async () => {
    const ledger = temporaryLedger()
    addTrial(ledger, 'm', 'first', good)
    const id = await addRun(ledger, 'm', good, 0.9)
    const before = rowOf(ledger, id)
    expect(before.gate).toEqual({ pass: true, reasons: [] })

    for (let i = 0; i < 80; i++) addTrial(ledger, 'm', `later ${i}`, returns(10 + i, 0))
    await deflateStored({ ledger }, 'm')
    const after = rowOf(ledger, id)
    const today = deflate(momentsOf(good), await trialsOf({ ledger }, 'm'))
    expect(after.metrics).toMatchObject({ trials: 81, trials_effective: today.trials_effective })
    expect(Math.abs(after.metrics.dsr! - today.dsr!)).toBeLessThan(1e-12)
    expect(after.metrics.sr0).toBe(today.sr0)
    expect(after.metrics.dsr!).toBeLessThan(before.metrics.dsr! - 0.05)
    expect(after.metrics.sharpe).toBe(before.metrics.sharpe)
  })

  it('loses its gate, and its place, when it no longer beats the best of useless trials', async () => {
    const ledger = temporaryLedger()
    addTrial(ledger, 'm', 'first', good)
    const early = await addRun(ledger, 'm', good, 0.9)
    const other = await addRun(ledger, 'other', returns(2, 0.001), 0.5)
    expect(rowOf(ledger, early).gate.pass).toBe(true)
    const order = () => ledger.backtestRuns.leaderboard({}, 'dsr', 10, 0).rows.map(({ id }) => Number(id))
    expect(order()).toEqual([early, other])

    const untouched = rowOf(ledger, other)
    for (let i = 0; i < 400; i++) addTrial(ledger, 'm', `later ${i}`, returns(10 + i, 0))
    await deflateStored({ ledger }, 'm')
    const { gate, checks, metrics } = rowOf(ledger, early)
    expect(gate).toEqual({ pass: false, reasons: ['dsr_below_min'] })
    const check = checks.find(({ rule }) => rule === 'dsr_min')
    expect(check).toMatchObject({ status: 'fail', observed: metrics.dsr, limit: 0.9 })
    expect(ledger.backtestRuns.leaderboard({ pass_gate: true }, 'dsr', 10, 0).total).toBe(1)
    expect(order()).toEqual([other, early])
    expect(rowOf(ledger, other)).toEqual(untouched)
  })

  it('that did not trade stays without a ratio, and counts the trials', async () => {
    const ledger = temporaryLedger()
    addTrial(ledger, 'm', 'first', good)
    const metrics = { sharpe: null, sharpe_se: null, dsr: null, sr0: null, trials: 0 }
    const id = ledger.backtestRuns.add(backtestRun({ metrics }))
    await deflateStored({ ledger }, 'm')
    expect(rowOf(ledger, id).metrics).toMatchObject({ dsr: null, sr0: null, trials: 1 })
  })
})
