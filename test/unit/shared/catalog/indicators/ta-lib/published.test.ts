import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inputOfBars } from '#test/indicator-input.ts'
import { computeColumns } from '#test/indicator-suite.ts'

interface Golden {
  corpus: Record<'open' | 'high' | 'low' | 'close' | 'volume', number[]>
  checks: {
    indicator: string
    output: string
    published_as: string
    tolerance: number
    values: Record<string, number>
  }[]
  refuted: { indicator: string; output: string; why: string; values: Record<string, number> }[]
}

const path = new URL('../../../../../golden/ta-lib-252.json', import.meta.url)
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden
const { open, high, low, close, volume } = golden.corpus
const input = inputOfBars({
  open: Float64Array.from(open),
  high: Float64Array.from(high),
  low: Float64Array.from(low),
  close: Float64Array.from(close),
  volume: Float64Array.from(volume),
})

describe('on the 252 bars of TA-Lib’s regression suite', () => {
  it.each(golden.checks)('$output gives the published $published_as', (check) => {
    const column = computeColumns(check.indicator, input)[check.output]!
    for (const [bar, expected] of Object.entries(check.values)) {
      const value = column[Number(bar)]!
      expect(Math.abs(value - expected), `bar ${bar}: ${value} against ${expected}`).toBeLessThanOrEqual(
        check.tolerance,
      )
    }
    expect(Object.keys(check.values).length).toBeGreaterThan(0)
  })
  it.each(golden.refuted)('$output does not repeat what was once wrong: $why', (fault) => {
    const column = computeColumns(fault.indicator, input)[fault.output]!
    for (const [bar, wrong] of Object.entries(fault.values)) {
      const value = column[Number(bar)]!
      expect(value, `bar ${bar}`).not.toBeNaN()
      expect(Math.abs(value - wrong), `bar ${bar}: ${value}`).toBeGreaterThan(0.01)
    }
    expect(Object.keys(fault.values).length).toBeGreaterThan(0)
  })
})
