import { describe, expect, it } from 'vitest'
import type { IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { indicatorInput } from '#test/indicator-input.ts'
import {
  checkDeclaration,
  checkFinite,
  checkTruncation,
  checkWarmup,
  fitsCadence,
  hasNeeds,
  listVariants,
  spreadCuts,
} from '#test/indicator-suite.ts'

const hourly = indicatorInput('hourly', 70)
const daily = indicatorInput('daily', 160)
const fewHours = indicatorInput('hourly', 36)
const fewDays = indicatorInput('daily', 130)
const halted = standStill(hourly)

/** The same rows in a market that never trades: one price, no volume. */
function standStill(input: IndicatorInput): IndicatorInput {
  const price = new Float64Array(input.rows).fill(0.1)
  const none = new Float64Array(input.rows)
  return { ...input, open: price, high: price, low: price, close: price, vwap: price, volume: none }
}

describe.each([...indicators])('%s', (id, indicator) => {
  it('is registered under its own id and declares itself soundly', () => {
    expect(indicator.id).toBe(id)
    expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
    checkDeclaration(indicator)
  })

  if (hasNeeds(indicator, halted)) {
    it('gives no infinity where the market stands still', () => checkFinite(id, halted))
  }

  for (const input of [hourly, daily]) {
    if (!hasNeeds(indicator, input)) continue
    it(`is NaN for exactly its warm-up on ${input.cadence} rows`, () => checkWarmup(id, input))

    it(`keeps the past when the future is cut off on ${input.cadence} rows`, () =>
      checkTruncation(id, input, spreadCuts(input.rows)))
  }

  for (const input of [fewHours, fewDays]) {
    if (!hasNeeds(indicator, input)) continue
    it(`keeps to its warm-up and the past with other parameters on ${input.cadence} rows`, () => {
      for (const spec of listVariants(indicator)) {
        if (!fitsCadence(spec, input)) continue
        checkWarmup(spec, input)
        checkTruncation(spec, input, [Math.floor(0.3 * input.rows), Math.floor(0.8 * input.rows)])
      }
    })
  }
})

it('knows at least 95 indicators, none of them shadowed by an alias', () => {
  expect(indicators.size).toBeGreaterThanOrEqual(95)
  const aliases = [...indicators.values()].flatMap((indicator) => indicator.aliases ?? [])
  expect(new Set(aliases).size).toBe(aliases.length)
  for (const alias of aliases) expect(indicators.has(alias)).toBe(false)
})
