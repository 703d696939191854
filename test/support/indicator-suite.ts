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

/** Default parameters are valid, and output names are distinct, plain and fixed by the parameters. */
export function checkDeclaration(indicator: Indicator): void {
  const { params, outputs } = resolveIndicator(indicator.id)
  expect(outputs.length).toBeGreaterThan(0)
  expect(new Set(outputs).size).toBe(outputs.length)
  for (const name of outputs) expect(name).toMatch(/^[a-z][a-z0-9_.]*$/)
  for (const leading of warmups(indicator, params)) expect(leading).toBeGreaterThanOrEqual(0)
  const changed = changedParams(indicator, params)
  if (changed !== null) {
    const others = resolveIndicator({ name: indicator.id, params: changed }).outputs
    for (const name of others) expect(outputs).not.toContain(name)
  }
}

/** NaN for exactly the declared warm-up of each output, and a number after it unless the indicator is sparse. */
export function checkWarmup(indicator: Indicator, input: IndicatorInput): void {
  const { params } = resolveIndicator(indicator.id)
  const columns = Object.entries(computeColumns(indicator.id, input))
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
      checkFinite(indicator, input)
    } else {
      for (let i = cold; i < input.rows; i++) {
        if (!Number.isFinite(column[i]!))
          throw new Error(`${name} row ${i} is ${column[i]}, warm from ${cold}`)
      }
    }
  }
}

/** A number or NaN in every row: infinity would pass for a measurement. */
export function checkFinite(indicator: Indicator, input: IndicatorInput): void {
  for (const [name, column] of Object.entries(computeColumns(indicator.id, input))) {
    for (const value of column)
      if (Math.abs(value) === Number.POSITIVE_INFINITY) throw new Error(`${name} is ${value}`)
  }
}

/** Cutting off the future at each of `cuts` leaves the values before it as they were. */
export function checkTruncation(indicator: Indicator, input: IndicatorInput, cuts: number[]): void {
  const whole = Object.entries(computeColumns(indicator.id, input))
  for (const rows of cuts) {
    const part = computeColumns(indicator.id, truncateInput(input, rows))
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

/** The defaults with every whole number one step up, null where there is none. */
function changedParams(indicator: Indicator, params: IndicatorParams): IndicatorParams | null {
  let isChanged = false
  const changed: IndicatorParams = {}
  for (const [name, value] of Object.entries(params)) {
    const { multipleOf, maximum } = indicator.params.properties[name] as {
      multipleOf?: number
      maximum?: number
    }
    const next = Number.isInteger(value) ? (value as number) + (multipleOf ?? 1) : value
    changed[name] = typeof next === 'number' && maximum !== undefined && next > maximum ? value : next
    isChanged ||= changed[name] !== value
  }
  return isChanged ? changed : null
}
