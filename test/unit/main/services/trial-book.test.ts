import { describe, expect, it } from 'vitest'
import { createLedger, type Ledger } from '#main/ledger/ledger.ts'
import { deflateStored, trialsOf } from '#main/services/trial-book.ts'
import { createTrialPool } from '#main/services/trial-statistics.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { momentsOf, sharpeOf } from '#shared/kernels/statistics.ts'
import { backtestRun, migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { temporaryLedger } from '#test/temp-ledger.ts'

const random = createRandom(7)
const trials = Array.from({ length: 240 }, (_, i) => {
  const daily_returns = Float64Array.from({ length: 80 + (i % 3) }, () => random.nextGaussian() * 0.01)
  const matrix_sha = i % 5 === 0 ? 'y' : 'x'
  return { config_key: `c${i}`, matrix_sha, daily_returns, sharpe_daily: sharpeOf(momentsOf(daily_returns)) }
})
const addTo = (ledger: Ledger, from: number, to: number, model_id = 'm') => {
  ledger.transaction(() => {
    for (const trial of trials.slice(from, to)) ledger.trials.add({ model_id, ...trial })
  })
}
/** All of them summed up at once, in order. */
const atOnce = (count: number) => {
  const pool = createTrialPool()
  for (const trial of trials.slice(0, count)) pool.add(trial)
  return pool.summary()
}

describe('the trials of a model', () => {
  it('are the same to the bit whether added up as they come or read at once', async () => {
    const ledger = temporaryLedger()
    for (const [from, to] of [
      [0, 1],
      [1, 70],
      [70, 70],
      [70, 240],
    ] as const) {
      addTo(ledger, from, to)
      expect(await trialsOf({ ledger }, 'm')).toEqual(atOnce(to))
    }
    // A host that starts again knows nothing but the ledger.
    const again = createLedger({ path: ledger.path, migrationsDir, clock: tickingClock() })
    expect(await trialsOf({ ledger: again }, 'm')).toEqual(atOnce(240))
    again.close()
  })

  it('are counted once by all who ask at the same time, and apart from those of other models', async () => {
    const ledger = temporaryLedger()
    addTo(ledger, 0, 120)
    addTo(ledger, 0, 30, 'other')
    addTo(ledger, 120, 240)
    const asked = await Promise.all([1, 2, 3].map(() => trialsOf({ ledger }, 'm')))
    expect(asked).toEqual([atOnce(240), atOnce(240), atOnce(240)])
    expect(await trialsOf({ ledger }, 'other')).toEqual(atOnce(30))
    expect(await trialsOf({ ledger }, 'none')).toMatchObject({ count: 0 })
  })

  it('leave no stored run behind, though others are recorded while runs are renewed', async () => {
    const ledger = temporaryLedger()
    addTo(ledger, 0, 100)
    const metrics = { sharpe: 1, sharpe_se: 0.5, dsr: null, sr0: null, trials: 0 }
    const ids = ledger.transaction(() =>
      Array.from({ length: 130 }, (_, i) =>
        ledger.backtestRuns.add(backtestRun({ model_id: 'm', config_key: `r${i}`, metrics })),
      ),
    )
    const renewing = deflateStored({ ledger }, 'm')
    addTo(ledger, 100, 240)
    expect(await renewing).toEqual(atOnce(240))
    const counts = ids.map((id) => ledger.backtestRuns.get(id)!.row.metrics.trials)
    expect(new Set(counts)).toEqual(new Set([240]))
  })
})
