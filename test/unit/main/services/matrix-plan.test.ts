import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { type MatrixPlan, type MatrixRequest, matrixSpec, planMatrix } from '#main/services/matrix-plan.ts'
import { shaOf } from '#main/services/sha.ts'
import { openTestWorkspace, type TestWorkspace } from '#test/test-workspace.ts'

let workspace: TestWorkspace
let model: LoadedModel
let plan: MatrixPlan
beforeAll(async () => {
  workspace = await openTestWorkspace()
  model = workspace.packStore.model('spy_opt_0dte_hourly')
  plan = planOf({})
})
afterAll(() => workspace.close())

const window = { start: '2024-01-02', end: '2024-06-28' }
const sources = [{ id: 'simulated:v1/bars/hourly/SPY', content_sha: 'a'.repeat(64) }]

function planOf(request: Partial<MatrixRequest>, changes: Partial<LoadedModel> = {}): MatrixPlan {
  return planMatrix(workspace.packStore, { ...model, ...changes }, { ...window, ...request })
}
const sha = (of: MatrixPlan, from = sources) => shaOf(matrixSpec(of, from))

describe('the sha of a matrix', () => {
  it('changes with each ingredient', () => {
    const others: [string, string][] = [
      ['source', sha(plan, [{ ...sources[0]!, id: 'other' }])],
      ['content', sha(plan, [{ ...sources[0]!, content_sha: 'b'.repeat(64) }])],
      ['one source more', sha(plan, [...sources, ...sources])],
      ['universe', sha({ ...plan, ticker: 'AAPL' })],
      ['start', sha(planOf({ start: '2024-01-03' }))],
      ['end', sha(planOf({ end: '2024-06-27' }))],
      ['cadence', sha({ ...plan, cadence: '15m' })],
      ['one indicator more', sha(planOf({ extraIndicators: ['rsi__period=99'] }))],
      ['a parameter', sha({ ...plan, indicators: plan.indicators.map((s) => s.replace(/=14\b/, '=15')) })],
      ['training features', sha(planOf({ features: ['rsi__period=14'] }))],
      ['order of features', sha({ ...plan, indicators: [...plan.indicators].reverse() })],
      ['distances of flow', sha(planOf({ distance_max: 3 }))],
      ['flow left out', sha({ ...plan, flow: null })],
      ['contract columns', sha({ ...plan, contractColumns: false })],
      [
        'label',
        sha(planOf({ label: { id: 'pin_drift', params: { drift_start_time: '15:00', min_pull_atr: 0.2 } } })),
      ],
      ['label parameters', sha(planOf({ k_sigma: 0.5 }))],
      ['band', sha(planOf({ fixed_bp: 10 }))],
      ['hours', sha(planOf({ hours: [13, 14] }))],
    ]
    const base = sha(plan)
    for (const [what, other] of others) expect(other, what).not.toBe(base)
    expect(new Set(others.map(([, other]) => other)).size).toBe(others.length)
  })

  it('names versions, scaling, imputation, zone and calendar', () => {
    const spec = matrixSpec(plan, sources)
    expect(spec).toMatchObject({ imputation: 'none', time_zone: 'America/New_York' })
    for (const name of ['version', 'scaling', 'calendar']) expect(spec[name]).toBeTruthy()
    for (const each of spec['features'] as { version: unknown }[]) expect(each.version).toBeTypeOf('number')
    expect((spec['label'] as { version: unknown }).version).toBeTypeOf('number')
  })

  it('does not change with what leaves the values alone', () => {
    const base = sha(plan)
    expect(sha(planOf({}))).toBe(base)
    expect(sha({ ...plan, modelId: 'other', packId: 'other' })).toBe(base)
    expect(sha(planOf({}, { algorithm: 'logistic', trainWindow: null, config: {} }))).toBe(base)
    expect(sha(planOf({ ticker: 'spy' }))).toBe(base)
    expect(sha(planOf({ extraIndicators: plan.indicators.slice(0, 2) }))).toBe(base)
    const withFlags = sources.map((each) => ({ ...each, simulated: true }))
    expect(sha(plan, withFlags)).toBe(base)
  })
})

describe('a plan', () => {
  it('refuses what cannot be built, by name', () => {
    expect(() => planOf({ start: '2024-07-01' })).toThrow(/end 2024-06-28 lies before start 2024-07-01/)
    expect(() => planOf({ start: '2024-01-06', end: '2024-01-07' })).toThrow(
      /no NYSE session from 2024-01-06/,
    )
    expect(() => planOf({}, { ticker: null })).toThrow(/names no ticker/)
    expect(() => planOf({}, { session: 'extended' })).toThrow(/session extended/)
    expect(() => planOf({ label: { id: 'none', params: {} } })).toThrow(/nothing to learn/)
    expect(() => planOf({ label: { id: 'close_to_open', params: {} }, k_sigma: 1 })).toThrow(
      /k_sigma does not apply/,
    )
    expect(() => planOf({ features: ['rsii'] })).toThrow(/unknown feature rsii/)
  })
})
