import type { Static } from 'typebox'
import type { ExplainedRow } from '#shared/contract/explain-row.ts'
import type { ExplainRowsResult } from '#shared/jobs/explain-rows.ts'

type Shown = Static<typeof ExplainedRow>['contributions']

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/**
 * Contributions of the only row of a result towards UP: of one output its own (turned where class 1 is DOWN), of one a class
 * UP's less DOWN's, which for boosted trees and logistic models are log odds of UP against DOWN.
 */
export function towardsUp(
  { unit, outputs, base, contributions, margin }: ExplainRowsResult,
  features: readonly string[],
  classes: readonly string[],
  values: readonly number[],
  top: number,
): Shown {
  const width = features.length
  const up = classes.indexOf('UP')
  const down = classes.indexOf('DOWN')
  const of = (perOutput: (output: number) => number): number =>
    outputs === 1 ? perOutput(0) * (up === 1 ? 1 : -1) : perOutput(up) - perOutput(down)
  const rows = features.map((feature, f) => {
    return { feature, value: orNull(values[f]!), contribution: of((o) => contributions[o * width + f]!) }
  })
  rows.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  const listed = rows.slice(0, top)
  return {
    unit,
    base: of((o) => base[o]!),
    margin: of((o) => margin[o]!),
    others: rows.slice(top).reduce((sum, { contribution }) => sum + contribution, 0),
    features: listed,
  }
}

/** The same without what contributions are computed from: values alone, in the order of the model. */
export function valuesOnly(features: readonly string[], values: readonly number[], top: number): Shown {
  const rows = features.map((feature, f) => ({ feature, value: orNull(values[f]!), contribution: null }))
  return { unit: null, base: null, margin: null, others: null, features: rows.slice(0, top) }
}
