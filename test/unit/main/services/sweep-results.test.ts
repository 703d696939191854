import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDuck } from '#main/lake/duck.ts'
import { analyseSweep, writeResultsCsv } from '#main/services/sweep-results.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { addSweep, backtestRun } from '#test/ledger-rows.ts'
import { temporaryFolder, temporaryLedger } from '#test/temp-ledger.ts'

function returns(seed: number, days: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: days }, () => random.nextGaussian() * 0.01)
}
const series = (count: number, days: number) => Array.from({ length: count }, (_, i) => returns(i + 1, days))

describe('figures over all configurations of a sweep', () => {
  it('are null under 10 configurations or 120 days', () => {
    expect(analyseSweep(series(9, 400))).toMatchObject({ pbo: null, blocks: null, logits: [] })
    expect(analyseSweep(series(10, 119)).pbo).toBeNull()
    expect(analyseSweep(series(10, 120))).toMatchObject({ blocks: 6 })
    expect(analyseSweep([]).pbo).toBeNull()
  })

  it('cut 320 days and more into 16 blocks and give a share and a length in years', () => {
    const { pbo, loss_probability, blocks, logits, min_backtest_years } = analyseSweep(series(12, 400))
    expect(blocks).toBe(16)
    for (const share of [pbo, loss_probability]) expect(share! >= 0 && share! <= 1).toBe(true)
    expect(logits.length).toBe(12_870)
    expect(min_backtest_years).toBeGreaterThan(2)
    expect(analyseSweep(series(1, 400)).min_backtest_years).toBeNull()
  })

  it('see no overfitting where one configuration is better in every block', () => {
    const all = series(12, 400)
    all[4] = all[4]!.map((r) => r + 0.02)
    expect(analyseSweep(all)).toMatchObject({ pbo: 0, loss_probability: 0 })
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
    await writeResultsCsv({ ledger, duck, root }, sweep, new Map())
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
