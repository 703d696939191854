import { describe, expect, it } from 'vitest'
import type { IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { type IndicatorParams, resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { SigmaError } from '#shared/errors.ts'
import { alterInput, inputNames } from '#test/alter-input.ts'
import { indicatorInput } from '#test/indicator-input.ts'
import { computeColumns, fitsCadence, hasNeeds, listChoices, listVariants } from '#test/indicator-suite.ts'

interface Spec {
  name: string
  params: IndicatorParams
}

const hourly = indicatorInput('hourly', 27)
const daily = indicatorInput('daily', 130)
/** Prices and volume alone, so that whatever stands in for missing values is read. */
const bare: IndicatorInput = { ...daily, intraday: null, vwap: daily.vwap.map(() => Number.NaN) }

/** Each input with each of its parts altered. */
const altered = new Map(
  [hourly, daily, bare].map((input) => [
    input,
    new Map(inputNames.map((name) => [name, alterInput(input, name)])),
  ]),
)

const session = hourly.session[0]! + 22
/** The hours with all but their times altered, after the session `back` before the one looked at. */
const alteredAfter = [0, 1, 2].map((back) =>
  inputNames.reduce(
    (input, name) =>
      name === 'time' || name === 'index' ? input : alterInput(input, name, (s) => s > session - back),
    hourly,
  ),
)

/** All values in one row of numbers; null where the indicator refuses the input. */
function valuesOf(spec: Spec, input: IndicatorInput): number[] | null {
  try {
    return Object.values(computeColumns(spec, input)).flatMap((column) => [...column])
  } catch (error) {
    if (error instanceof SigmaError) return null
    throw error
  }
}

const isSame = (a: number[], b: number[]) => a.every((value, i) => Object.is(value, b[i]))
const isConstant = (values: number[]) => new Set(values.filter((value) => !Number.isNaN(value))).size < 2

describe.each([...indicators])('%s', (id, indicator) => {
  const texts = listChoices(indicator).filter((params) => typeof Object.values(params)[0] !== 'number')
  const specs = [{}, ...texts].map((params) => ({ name: id, params }))
  const inputs = [hourly, daily, bare].filter((input) => hasNeeds(indicator, input))

  it('reads what it declares as inputs and nothing else', () => {
    for (const spec of specs) {
      const declared = indicator.inputs(resolveIndicator(spec).params as never)
      const given = inputs.map((input) => valuesOf(spec, input))
      // Where the choices of two parameters cancel, nothing can be seen.
      if (given.every((values) => values === null || isConstant(values))) continue
      for (const name of inputNames) {
        // Times cannot be altered alone where rows are matched by them.
        if (name === 'time' && declared.includes(name)) continue
        const isRead = inputs.some(
          (input, k) => given[k] && !isSame(given[k], valuesOf(spec, altered.get(input)!.get(name)!)!),
        )
        expect(isRead, `${JSON.stringify(spec)} reads ${name}`).toBe(declared.includes(name))
      }
    }
  })

  it('sees on intraday rows nothing newer than its lag', () => {
    for (const spec of specs) {
      if (!fitsCadence(spec, hourly)) continue
      const { params } = resolveIndicator(spec)
      const lag = indicator.lag?.(params as never) ?? 0
      const values = valuesOf(spec, hourly)!
      // Index levels come with their lag in the input; the clock has none.
      const isTold = indicator.inputs(params as never).every((name) => name === 'time' || name === 'index')
      if (isTold || isConstant(values)) continue
      const rowsOf = (input: IndicatorInput, until: number) =>
        valuesOf(spec, input)!.filter((_, i) => {
          const at = hourly.session[i % hourly.rows]!
          return at >= session && at <= until
        })
      const [blind, seen] = [alteredAfter[lag]!, alteredAfter[lag + 1]!]
      expect(isSame(rowsOf(blind, session), rowsOf(hourly, session)), JSON.stringify(spec)).toBe(true)
      expect(isSame(rowsOf(seen, session + 4), rowsOf(hourly, session + 4)), JSON.stringify(spec)).toBe(false)
    }
  })

  it('tells every parameter that changes a value in the names of its columns', () => {
    const usual = resolveIndicator(id).outputs
    for (const spec of listVariants(indicator)) {
      const shared = resolveIndicator(spec).outputs.filter((name) => usual.includes(name))
      for (const input of shared.length > 0 ? [hourly, daily] : []) {
        if (!hasNeeds(indicator, input) || !fitsCadence(spec, input)) continue
        const [own, other] = [computeColumns(id, input), computeColumns(spec, input)]
        for (const name of shared)
          expect(other[name], `${name} of ${JSON.stringify(spec)}`).toEqual(own[name])
      }
    }
  })
})

it('no two indicators give a column of the same name', () => {
  const names = [...indicators.keys()].flatMap((id) => resolveIndicator(id).outputs)
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([])
})
