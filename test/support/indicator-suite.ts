import type { TSchema } from 'typebox'
import { expect } from 'vitest'
import type { Indicator, IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { type IndicatorParams, resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { truncateInput } from '#shared/catalog/indicators/truncate.ts'

/** The columns of an indicator by name, computed into arrays that hold a mark where nothing was written. */
export function computeColumns(spec: unknown, input: IndicatorInput): Record<string, Float64Array> {
  const { indicator, params, outputs } = resolveIndicator(spec)
  const columns = outputs.map(() => new Float64Array(input.rows).fill(Number.POSITIVE_INFINITY))
  indicator.compute(input, params, columns)
  return Object.fromEntries(outputs.map((name, k) => [name, columns[k]!]))
}

/** True where the input holds every series that the indicator reads. */
export function hasNeeds(indicator: Indicator, input: IndicatorInput): boolean {
  return (indicator.needs ?? []).every((need) => input[need] !== null)
}

/** Default parameters are valid; output names are distinct, plain, and tell every parameter that changes a value. */
export function checkDeclaration(indicator: Indicator): void {
  const { params, outputs } = resolveIndicator(indicator.id)
  expect(outputs.length).toBeGreaterThan(0)
  expect(new Set(outputs).size).toBe(outputs.length)
  for (const text of [indicator.title, indicator.doc, indicator.source])
    expect(text.length).toBeGreaterThan(3)
  for (const text of [indicator.category, indicator.subcategory]) expect(text).toMatch(/^[a-z_]+$/)
  expect(indicator.inputs(params as never).length).toBeGreaterThan(0)
  for (const [name, schema] of Object.entries(indicator.params.properties)) checkRange(name, schema)
  for (const spec of listVariants(indicator)) {
    const others = resolveIndicator(spec)
    expect(new Set(others.outputs).size).toBe(others.outputs.length)
    for (const name of others.outputs) expect(name).toMatch(/^[a-z][a-z0-9_.]*$/)
    for (const leading of warmups(indicator, others.params)) expect(leading).toBeGreaterThanOrEqual(0)
  }
}

/** Numbers have a range, texts a list or a pattern. */
function checkRange(name: string, schema: TSchema): void {
  const { type, anyOf, ...rest } = schema as { type?: string; anyOf?: TSchema[] } & Record<string, unknown>
  if (anyOf) for (const each of anyOf) checkRange(name, each)
  else if (type === 'integer' || type === 'number') {
    expect(rest['minimum'] ?? rest['exclusiveMinimum'], `${name} has a least value`).toBeTypeOf('number')
    expect(rest['maximum'], `${name} has a greatest value`).toBeTypeOf('number')
  } else if (type === 'string')
    expect(rest['enum'] ?? rest['pattern'] ?? rest['maxLength'], `${name} is bounded`).toBeDefined()
}

/** NaN for exactly the declared warm-up of each output, and a number after it unless the indicator is sparse. */
export function checkWarmup(spec: unknown, input: IndicatorInput): void {
  const { indicator, params } = resolveIndicator(spec)
  const columns = Object.entries(computeColumns(spec, input))
  const leading = warmups(indicator, params)
  for (const [k, [name, column]] of columns.entries()) {
    const cold = coldRows(indicator, leading[k]!, input)
    expect(cold, `${name}: the input must outlast the warm-up`).toBeLessThan(input.rows)
    for (let i = 0; i < cold; i++) expect(column[i], `${name} row ${i} is in its warm-up`).toBeNaN()
    if (indicator.sparse) {
      expect(
        column.some((value) => Number.isFinite(value)),
        `${name} has values`,
      ).toBe(true)
      checkFinite(spec, input)
    } else {
      for (let i = cold; i < input.rows; i++) {
        if (!Number.isFinite(column[i]!))
          throw new Error(`${name} row ${i} is ${column[i]}, warm from ${cold}`)
      }
    }
  }
}

/** A number or NaN in every row: infinity would pass for a measurement. */
export function checkFinite(spec: unknown, input: IndicatorInput): void {
  for (const [name, column] of Object.entries(computeColumns(spec, input))) {
    for (const value of column)
      if (Math.abs(value) === Number.POSITIVE_INFINITY) throw new Error(`${name} is ${value}`)
  }
}

/** Cutting off the future at each of `cuts` leaves the values before it as they were. */
export function checkTruncation(spec: unknown, input: IndicatorInput, cuts: number[]): void {
  const whole = Object.entries(computeColumns(spec, input))
  for (const rows of cuts) {
    const part = computeColumns(spec, truncateInput(input, rows))
    for (const [name, column] of whole) {
      for (let i = 0; i < rows; i++) {
        const now = part[name]![i]!
        const later = column[i]!
        const isSame = Number.isNaN(later)
          ? Number.isNaN(now)
          : Math.abs(now - later) <= 1e-9 * Math.max(1, Math.abs(later))
        if (!isSame)
          throw new Error(`${name} row ${i}: ${now} with ${rows} rows, ${later} with ${input.rows}`)
      }
    }
  }
}

/** Cuts spread over the rows: nearly nothing, and points within sessions. */
export function spreadCuts(rows: number): number[] {
  return [1, 3, ...[0.11, 0.37, 0.52, 0.73, 0.9, 0.99].map((share) => Math.floor(share * rows))]
}

function warmups(indicator: Indicator, params: IndicatorParams): number[] {
  const declared = indicator.warmup(params)
  const outputs = indicator.outputs(params)
  if (typeof declared === 'number') return outputs.map(() => declared)
  expect(declared).toHaveLength(outputs.length)
  return declared
}

/** Rows before the warm-up is over: counted in rows, or in sessions completed before the row's. */
function coldRows(indicator: Indicator, warmup: number, input: IndicatorInput): number {
  if (indicator.warmupUnit !== 'sessions') return warmup
  let completed = 0
  for (let i = 0; i < input.rows; i++) {
    if (i > 0 && input.session[i] !== input.session[i - 1]) completed++
    if (completed >= warmup) return i
  }
  return input.rows
}

/** Other parameters than the defaults: all numbers halved, the least ones, and every other choice of each parameter alone. */
export function listVariants(indicator: Indicator): { name: string; params: IndicatorParams }[] {
  const { id: name } = indicator
  const scaled = (factor: number) =>
    Object.fromEntries(
      Object.entries(resolveIndicator(name).params).map(([param, value]) => [
        param,
        typeof value === 'number' ? fitRange(value * factor, indicator.params.properties[param]!) : value,
      ]),
    )
  return [scaled(0.5), scaled(0), ...listChoices(indicator)].map((params) => ({ name, params }))
}

/** False for a `freq` that is not that of the rows. */
export function fitsCadence({ params }: { params: IndicatorParams }, { cadence }: IndicatorInput): boolean {
  return params['freq'] === undefined || params['freq'] === (cadence === 'daily' ? 'day' : 'hour')
}

/** Each parameter alone changed to each other choice; numbers by a step. */
export function listChoices(indicator: Indicator): IndicatorParams[] {
  const { params } = resolveIndicator(indicator.id)
  return Object.entries(indicator.params.properties).flatMap(([name, schema]) => {
    const { multipleOf = 1, type, anyOf = [schema] } = schema as Schema
    const choices = anyOf.flatMap((each) => (each as Schema).enum ?? [])
    const value = params[name]
    if (type === 'boolean') choices.push(!value)
    if (typeof value === 'number')
      choices.push(fitRange(value + multipleOf, schema), fitRange(value / 2, schema))
    return choices.filter((choice) => choice !== value).map((choice) => ({ [name]: choice }))
  })
}

interface Schema {
  type?: string
  anyOf?: TSchema[]
  enum?: unknown[]
  multipleOf?: number
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
}

function fitRange(value: number, schema: TSchema): number {
  const { type, multipleOf = 1, minimum, exclusiveMinimum = 0, maximum = 1e9 } = schema as Schema
  const least = minimum ?? exclusiveMinimum + 0.5
  const stepped = type === 'integer' ? multipleOf * Math.round(value / multipleOf) : value
  return Math.min(maximum, Math.max(least, stepped))
}
