import type { IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BuildMatrixInput } from '#shared/jobs/build-matrix.ts'
import { contractColumns } from './contract-columns.ts'
import type { FeatureColumn } from './feature-column.ts'
import { flowColumns } from './flow-columns.ts'

/**
 * Flow columns first, then the indicators in the order of the set; one column per name. They come as they are computed, so that
 * whoever is done with one before the next never holds all of them.
 */
export function* computeFeatures(build: BuildMatrixInput, input: IndicatorInput): Generator<FeatureColumn> {
  const names = new Set<string>()
  for (const group of featureGroups(build, input)) {
    for (const column of group) {
      if (names.has(column.name)) continue
      names.add(column.name)
      yield column
    }
  }
}

function* featureGroups(build: BuildMatrixInput, input: IndicatorInput): Generator<FeatureColumn[]> {
  if (build.flow && build.flowBlock && input.flow)
    yield flowColumns(build.flow, build.flowBlock, input.flow, input.session, input.hourEt)
  for (const spelling of build.indicators) yield computeIndicator(spelling, input)
  if (build.contractColumns) yield contractColumns(input)
}

/** The columns of one indicator. Throws NO_DATA where a series that it needs is not in the lake. */
function computeIndicator(spelling: string, input: IndicatorInput): FeatureColumn[] {
  const { indicator, params, outputs } = resolveIndicator(spelling)
  for (const need of indicator.needs ?? []) {
    if (input[need] === null) {
      throw new SigmaError(
        'NO_DATA',
        `indicator ${spelling} needs ${seriesNames[need]}, which the lake does not have here`,
      )
    }
  }
  const outs = outputs.map(() => new Float64Array(input.rows).fill(Number.NaN))
  indicator.compute(input, params, outs)
  return outputs.map((name, i) => ({ name, data: outs[i]! }))
}

const seriesNames = {
  intraday: '5-minute bars',
  index: 'VIX index levels',
  flow: 'option minute aggregates',
  chain: 'option chain snapshots',
}
