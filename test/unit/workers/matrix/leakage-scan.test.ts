import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineIndicator, type Indicator, type IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { tinyBuild, tinyMatrix } from '#test/tiny-build.ts'
import { assembleInput } from '#workers/matrix/assemble-input.ts'
import { computeFeatures } from '#workers/matrix/compute-features.ts'
import { scanFutureCorrelation, scanLabelEnds, scanTruncation } from '#workers/matrix/leakage-scan.ts'

const registry = indicators as Map<string, Indicator>
const planted: Record<string, (input: IndicatorInput, out: Float64Array) => void> = {
  planted_next_close: ({ close }, out) => {
    for (let i = 0; i + 1 < out.length; i++) out[i] = close[i + 1]!
  },
  planted_whole_mean: ({ close, rows }, out) => {
    const mean = close.subarray(0, rows).reduce((sum, each) => sum + each, 0) / rows
    for (let i = 0; i < out.length; i++) out[i] = close[i]! / mean
  },
  planted_same_day: ({ daily, session }, out) => {
    for (let i = 0; i < out.length; i++)
      out[i] = daily.close[daily.session.indexOf(session[i]!)] ?? Number.NaN
  },
  planted_honest: ({ close }, out) => {
    for (let i = 1; i < out.length; i++) out[i] = close[i - 1]!
  },
}

beforeAll(() => {
  for (const [id, compute] of Object.entries(planted)) {
    const indicator = defineIndicator({
      ...{
        id,
        title: id,
        doc: id,
        category: 'test',
        subcategory: 'test',
        source: 'test',
        params: Type.Object({}),
      },
      inputs: () => [],
      outputs: () => [id],
      warmup: () => 0,
      compute: (input, _params, outs) => compute(input, outs[0]!),
    })
    registry.set(id, indicator)
  }
})
afterAll(() => {
  for (const id of Object.keys(planted)) registry.delete(id)
})

function truncationFlags(cadence: 'hourly' | 'daily', spellings: string[]) {
  const build = tinyBuild(cadence, 40, { indicators: spellings }, 10)
  const input = assembleInput(build)
  const bar = Int32Array.from({ length: build.endRow - build.firstRow }, (_, i) => i)
  const columns = [...computeFeatures(build, input)].map(({ data }) => data.slice(build.firstRow))
  return scanTruncation(build, input, { bar, columns }, () => {})
}

describe('the truncation check', () => {
  it('turns red what changes when later data is cut off, and nothing else', () => {
    const flags = truncationFlags('hourly', ['rsi__period=5', ...Object.keys(planted)])
    expect(flags.map(({ column }) => column).sort()).toEqual([
      'planted_next_close',
      'planted_same_day',
      'planted_whole_mean',
    ])
    expect(flags.every(({ level, check }) => level === 'red' && check === 'truncation')).toBe(true)
  })

  it('passes exponential averages and other indicators with memory', () => {
    const spellings = ['ema__window=8', 'atr__period=5', 'macd', 'obv', 'day_of_week']
    expect(truncationFlags('daily', spellings)).toEqual([])
  })
})

const rows = 2000
function returns(seed: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: rows }, () => random.nextGaussian() * 0.01)
}

/** Returns over `horizon` bars ahead and behind, of one-bar returns. */
function over(horizon: number, single: Float64Array) {
  const sum = (from: number, to: number) => {
    if (from < 0 || to > rows) return Number.NaN
    return single.subarray(from, to).reduce((total, each) => total + each, 0)
  }
  return {
    future: Float64Array.from(single, (_, i) => sum(i + 1, i + 1 + horizon)),
    past: Float64Array.from(single, (_, i) => sum(i + 1 - horizon, i + 1)),
  }
}

describe('the correlation check', () => {
  it('turns a feature red that equals the next return, and leaves the same one lagged green', () => {
    const { future, past } = over(1, returns(1))
    const lagged = Float64Array.from(future, (_, i) => future[i - 1] ?? Number.NaN)
    const matrix = tinyMatrix({ leak: future, lagged, negated: future.map((r) => -r) }, { retFwd: future })
    const flags = scanFutureCorrelation(matrix, past, 1)
    expect(flags.map(({ column, level }) => [column, level])).toEqual([
      ['leak', 'red'],
      ['negated', 'red'],
    ])
    expect(flags[0]!.value).toBeCloseTo(1, 12)
    expect(flags[1]!.value).toBeCloseTo(-1, 12)
  })

  it('looks at the last tenth of the rows only', () => {
    const { future } = over(1, returns(2))
    const noise = returns(3)
    const early = Float64Array.from(future, (r, i) => (i < 1800 ? r : noise[i]!))
    const late = Float64Array.from(future, (r, i) => (i < 1800 ? noise[i]! : r))
    const matrix = tinyMatrix({ early, late }, { retFwd: future })
    expect(scanFutureCorrelation(matrix, null, 1).map(({ column }) => column)).toEqual(['late'])
  })

  it.each([1, 5, 20])('raises no flag on noise under labels of %i bars', (horizon) => {
    let raised = 0
    for (let seed = 0; seed < 40; seed++) {
      const { future, past } = over(horizon, returns(100 + seed))
      // As slow as the labels are: what makes naive standard errors far too small.
      const slow = over(horizon, returns(500 + seed)).past
      const matrix = tinyMatrix({ noise: returns(900 + seed), slow }, { retFwd: future })
      raised += scanFutureCorrelation(matrix, past, horizon).length
    }
    expect(raised).toBe(0)
  })

  it('finds a leak whose labels overlap', () => {
    const { future, past } = over(20, returns(4))
    const matrix = tinyMatrix({ leak: future }, { retFwd: future })
    expect(scanFutureCorrelation(matrix, past, 20).map(({ level }) => level)).toEqual(['red'])
  })

  it('forgives a correlation that the past return explains as well', () => {
    const { future, past } = over(1, returns(5))
    const both = Float64Array.from(future, (r, i) => r + (past[i] ?? 0))
    const matrix = tinyMatrix({ both }, { retFwd: future })
    expect(scanFutureCorrelation(matrix, past, 1)).toEqual([])
    expect(scanFutureCorrelation(matrix, null, 1)).toHaveLength(1)
  })

  it('says nothing of constant, empty or few values', () => {
    const { future } = over(1, returns(6))
    const empty = new Float64Array(rows).fill(Number.NaN)
    const matrix = tinyMatrix({ constant: new Float64Array(rows), empty }, { retFwd: future })
    expect(scanFutureCorrelation(matrix, null, 1)).toEqual([])
    expect(scanFutureCorrelation(tinyMatrix({ f: [1, 2] }), null, 1)).toEqual([])
  })
})

describe('the label check', () => {
  it('counts labels that end after they could be known', () => {
    const flags = scanLabelEnds(Float64Array.of(5, Number.NaN, 7, 9), Float64Array.of(5, 5, 6, 6))
    expect(flags).toMatchObject([{ column: 'y', level: 'red', check: 'label_end', value: 2 }])
    expect(scanLabelEnds(Float64Array.of(5, Number.NaN), Float64Array.of(5, 5))).toEqual([])
  })
})
