import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDuck } from '#main/lake/duck.ts'
import { analyseSweep, writeResultsCsv } from '#main/services/sweep-results.ts'
import { blockReturns, overfittingProbability } from '#shared/kernels/overfitting.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { addSweep, backtestRun } from '#test/ledger-rows.ts'
import { temporaryFolder, temporaryLedger } from '#test/temp-ledger.ts'

function returns(seed: number, days: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: days }, () => random.nextGaussian() * 0.01)
}
const series = (count: number, days: number) => Array.from({ length: count }, (_, i) => returns(i + 1, days))

const analyse = (returns: Float64Array[]) =>
  analyseSweep(
    returns.map((x) => blockReturns(x)),
    async (input) => overfittingProbability(input.returns),
  )

describe('figures over all configurations of a sweep', () => {
  it('are null under 10 configurations or 120 days', async () => {
    expect(await analyse(series(9, 400))).toMatchObject({ pbo: null, blocks: null, logits: [], chosen: [] })
    expect((await analyse(series(10, 119))).pbo).toBeNull()
    expect(await analyse(series(10, 120))).toMatchObject({ blocks: 6 })
    expect((await analyse([])).pbo).toBeNull()
  })

  it('cut 320 days and more into 16 blocks and give a share and a length in years', async () => {
    const { pbo, loss_probability, blocks, logits, min_backtest_years, years } = await analyse(
      series(12, 400),
    )
    expect(blocks).toBe(16)
    for (const share of [pbo, loss_probability]) expect(share! >= 0 && share! <= 1).toBe(true)
    expect(logits.length).toBe(12_870)
    expect(min_backtest_years).toBeGreaterThan(2)
    expect(years).toBeCloseTo(400 / 252, 12)
    expect((await analyse(series(1, 400))).min_backtest_years).toBeNull()
  })

  it('see no overfitting where one configuration is better in every block', async () => {
    const all = series(12, 400)
    all[4] = all[4]!.map((r) => r + 0.02)
    const { pbo, loss_probability, chosen } = await analyse(all)
    expect({ pbo, loss_probability }).toEqual({ pbo: 0, loss_probability: 0 })
    expect(new Set(chosen)).toEqual(new Set([4]))
  })

  it('name per split the configuration that was best in sample, with both of its Sharpe ratios a year', async () => {
    // One that is shorter cannot be held against the others, yet they keep their places.
    const all = series(12, 120).map((x, i) => (i === 5 ? x.slice(1) : x))
    const { chosen, inside, outside, logits, pbo } = await analyse(all)
    const sharpe = (x: Float64Array, blocks: number[]) => {
      const kept = [...x].filter((_, day) => blocks.includes(Math.floor(day / 20)))
      const mean = kept.reduce((sum, r) => sum + r, 0) / kept.length
      const square = kept.reduce((sum, r) => sum + (r - mean) ** 2, 0)
      return (mean / Math.sqrt(square / (kept.length - 1))) * Math.sqrt(252)
    }
    expect(chosen).toHaveLength(20)
    // The first split learns from blocks 0 to 2, the last from 3 to 5.
    for (const [split, learned, tested] of [
      [0, [0, 1, 2], [3, 4, 5]],
      [19, [3, 4, 5], [0, 1, 2]],
    ] as const) {
      const known = all.map((x, i) => (i === 5 ? Number.NEGATIVE_INFINITY : sharpe(x, [...learned])))
      const best = known.indexOf(Math.max(...known))
      expect(chosen[split]).toBe(best)
      expect(inside[split]).toBeCloseTo(known[best]!, 3)
      expect(outside[split]).toBeCloseTo(sharpe(all[best]!, [...tested]), 3)
    }
    expect(logits.filter((logit) => logit <= 0).length / 20).toBe(pbo)
  })
})

describe('the CSV of a sweep', () => {
  it('has a line a configuration in their order, empty where a figure is not known', async () => {
    const [root, ledger, duck] = [temporaryFolder(), temporaryLedger(), await openDuck()]
    const sweep = addSweep(ledger)
    const rows = [
      {
        value: '0.55,0.6',
        sharpe: 1.25,
        dsr: null,
        pass: false,
        reasons: ['max_dd_exceeded', 'dsr_below_min'],
      },
      { value: '0.5', sharpe: null, dsr: 0.5, pass: true, reasons: [] },
    ]
    rows.forEach(({ value, sharpe, dsr, pass, reasons }, position) => {
      ledger.backtestRuns.add(
        backtestRun({
          sweep: { id: sweep, position: 1 - position },
          config_key: value,
          config: { kind: 'thr', value, allowed_hours: '13,14', splits: 5 },
          metrics: { sharpe, dsr, trades: 7 },
          gate: { pass, reasons },
        }),
      )
    })
    await writeResultsCsv({ ledger, duck, root }, sweep)
    duck.close()
    const [header, ...lines] = readFileSync(join(root, `sweeps/${sweep}/results.csv`), 'utf8')
      .trim()
      .split('\n')
    const names = header!.split(',')
    // Quoted cells hold the commas.
    const cells = lines.map((line) =>
      line.match(/("[^"]*"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, '')),
    )
    const at = (line: number, name: string) => cells[line]![names.indexOf(name)]
    expect(lines).toHaveLength(2)
    expect([at(0, 'value'), at(1, 'value')]).toEqual(['0.5', '"0.55,0.6"'])
    expect([at(0, 'sharpe'), at(1, 'sharpe')]).toEqual(['', '1.25'])
    expect([at(0, 'dsr'), at(1, 'dsr')]).toEqual(['0.5', ''])
    expect([at(0, 'pass'), at(1, 'pass')]).toEqual(['true', 'false'])
    expect(at(1, 'reasons')).toBe('max_dd_exceeded dsr_below_min')
    expect(at(1, 'allowed_hours')).toBe('"13,14"')
  })
})
