import fc from 'fast-check'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract, type OperationId } from '#shared/contract/index.ts'
import { brokenBodies, oddHeaders, oddJson, oddText } from './odd-values.ts'
import { given, type Step, type Unit } from './plan.ts'
import { byName, editedModel, heavy, recipes, sweepBody } from './recipes.ts'
import { type Arb, edgeValues, type Schema, validObject, validValues } from './schema-arbitrary.ts'

const operations = Object.keys(contract) as OperationId[]
const endpointOf = (id: OperationId): Endpoint => contract[id]
const fieldsOf = (schema: unknown) => (schema as Schema | undefined)?.properties ?? {}

/** A request that the host should answer with success. */
function validStep(operation: OperationId): fc.Arbitrary<Step> {
  const { params, query, body } = endpointOf(operation)
  const recipe = recipes[operation] ?? {}
  const known = { ...byName, ...recipe.params }
  return fc.record({
    operation: fc.constant(operation),
    params: validObject((params ?? {}) as Schema, known),
    query: (recipe.query ?? validObject((query ?? {}) as Schema, byName)) as fc.Arbitrary<
      Record<string, unknown>
    >,
    ...(body && { body: recipe.body ?? validValues(body as Schema, byName) }),
  })
}

type Part = 'params' | 'query' | 'body'

/** Fields of a request that may be changed. Of those that compute not the ones that would make it a long computation. */
function changeable(operation: OperationId): [part: Part, name: string, schema: Schema][] {
  const endpoint = endpointOf(operation)
  const costly = heavy.has(operation)
    ? ['csv', 'splits', 'start', 'end', 'date_window', 'model_id', 'sweep', 'jobs', 'ticker']
    : []
  return (['params', 'query', 'body'] as const).flatMap((part) =>
    Object.entries(fieldsOf(endpoint[part]))
      .filter(([name]) => !costly.includes(name))
      .map(([name, schema]) => [part, name, schema] as [Part, string, Schema]),
  )
}

const replaced = (step: Step, part: Part, name: string, value: unknown): Step => ({
  ...step,
  [part]: { ...(step[part] as object), [name]: value },
})

/** A valid request with one or two fields at or over an edge, of another type, missing, or that do not exist. */
function changedStep(operation: OperationId): fc.Arbitrary<Step> {
  const fields = changeable(operation)
  const valid = validStep(operation)
  const extra = fc
    .tuple(valid, oddText, oddJson)
    .map(([step, name, value]) => replaced(step, endpointOf(operation).body ? 'body' : 'query', name, value))
  if (fields.length === 0) return extra
  const one = (step: Step) =>
    fc.constantFrom(...fields).chain(([part, name, schema]) => {
      const odd: Arb = part === 'body' ? oddJson : oddText
      return fc
        .oneof(
          { weight: 3, arbitrary: edgeValues(schema) },
          { weight: 5, arbitrary: odd },
          { weight: 1, arbitrary: fc.constant(undefined) },
        )
        .map((value) => replaced(step, part, name, value))
    })
  const impossible = impossibleStep(operation)
  return fc.oneof(
    { weight: 8, arbitrary: valid.chain(one) },
    { weight: 3, arbitrary: valid.chain(one).chain(one) },
    { weight: 1, arbitrary: extra },
    ...(impossible === undefined ? [] : [{ weight: 4, arbitrary: valid.chain(impossible) }]),
  )
}

/** For what computes: windows, models and files that cannot be, so that nothing long comes of it. */
function impossibleStep(operation: OperationId): ((step: Step) => fc.Arbitrary<Step>) | undefined {
  if (!heavy.has(operation)) return undefined
  const known = fieldsOf(endpointOf(operation).body)
  const wrong: Record<string, unknown[]> = {
    model_id: ['nope', 'spx_eq_swing_dayly', '', 1, null, 'x'.repeat(101), '__proto__'],
    start: ['2012-12-32', '9999-12-31', '2030-01-01', 20120101, null, '2012-1-1', '2012-02-30'],
    end: ['0001-01-01', '1900-01-01', 'yesterday', false, '2011-12-31'],
    date_window: [
      {},
      null,
      { start: '2012-02-01', end: '2012-01-01' },
      { start: '2012-01-03' },
      { start: '0001-01-01', end: '0001-01-02' },
    ],
    csv: ['nope.csv', '../x.csv', '/etc/passwd', '.token', 'packs', 'ledger.db', 'a\0b', 'matrices', ''],
    splits: [0, 1, -1, 21, 1e9, 2.5, '3', null],
    sweep: [
      {},
      null,
      [],
      { splits: 3 },
      { threshold_variants: [] },
      { threshold_variants: ['2'] },
      { threshold_variants: ['0.5'], hours_variants: ['25'] },
      { top_pct_variants: [0] },
      { top_pct_variants: ['x'] },
    ],
    jobs: [
      [],
      null,
      [{}],
      [given('row', 0, { config: { kind: 'thr', value: 'x' }, override: true })],
      [given('row', 0, { model_id: 'nope' })],
      [given('row', 0, { lineage: { matrix_sha: 'x', risk_profile: 'balanced', risk_sha: 'y' } })],
    ],
    ticker: ['NOPE', '', '../x', 1],
  }
  const choices = Object.entries(wrong).filter(([name]) => name in known)
  return choices.length === 0
    ? undefined
    : (step) =>
        fc
          .constantFrom(...choices)
          .chain(([name, values]) =>
            fc.constantFrom(...values).map((value) => replaced(step, 'body', name, value)),
          )
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'QUERY']
const suffixes = [
  '?',
  '?a',
  '?a=1&a=2',
  '?limit=1&limit=2',
  '?%',
  '?%ff=%fe',
  '?limit[]=1',
  '?__proto__=1',
  '/',
  '//',
  '/../..',
  '/%2e%2e/',
  '%00',
  '%',
  '?limit=1;DROP',
  `?x=${'y'.repeat(8000)}`,
  '#x',
]

/** A valid request that is wrong on the wire: its method, type, headers, bytes, path or who asks. */
function wireStep(operation: OperationId): fc.Arbitrary<Step> {
  const valid = validStep(operation)
  const also = <T>(arbitrary: fc.Arbitrary<T>, change: (step: Step, value: T) => Step) =>
    fc.tuple(valid, arbitrary).map(([step, value]) => change(step, value))
  const light = [
    also(fc.constantFrom(...oddHeaders), (step, headers) => ({ ...step, headers })),
    also(fc.constantFrom('nobody', 'own'), (step, as) => ({ ...step, as })),
  ]
  return fc.oneof(
    also(fc.constantFrom(...methods), (step, method) => ({
      ...step,
      method: method === endpointOf(operation).method ? 'DELETE' : method,
    })),
    also(fc.constantFrom(...brokenBodies), (step, raw) => ({ ...step, raw })),
    also(fc.constantFrom(...suffixes), (step, suffix) => ({ ...step, suffix })),
    ...(heavy.has(operation) ? [] : light),
  )
}

const lives: fc.Arbitrary<Unit>[] = [
  validStep('saveView').map((step) => {
    const forget: Step = { operation: 'deleteView', params: { id: given('view') }, query: {} }
    return [step, forget, forget, step] satisfies Unit
  }),
  fc.tuple(sweepBody({ force: fc.constant(true) }), fc.boolean()).map(([body, early]) => {
    const of = { params: { sweep_id: given('sweep') }, query: {} }
    const job = (operation: OperationId, name: string): Step => ({
      operation,
      params: { [name]: given('job') },
      query: {},
    })
    const steps: Unit = [
      { operation: 'runSweep', params: {}, query: {}, body },
      job('cancelJob', 'id'),
      { operation: 'getSweepStatus', ...of },
      job('retryAdminJob', 'job_id'),
      job('cancelAdminJob', 'job_id'),
      { operation: 'getSweepResults', ...of },
      { operation: 'getSweep', ...of },
      job('retryAdminJob', 'job_id'),
    ]
    return early ? steps : steps.filter((_, i) => i !== 1)
  }),
  validStep('createTemplate').map((step) => {
    const of = { params: { template_id: given('template') }, query: {} }
    return [
      step,
      { operation: 'updateTemplate', ...of, body: { template: { description: 'changed' } } },
      { operation: 'publishTemplate', ...of, query: { overwrite: true } },
      { operation: 'publishTemplate', ...of },
      { operation: 'updateTemplate', ...of, body: { template: { description: 'again' } } },
      { operation: 'discardTemplate', ...of },
      step,
    ] satisfies Unit
  }),
  validStep('createUser').map((step) => {
    const of = { params: { user_id: given('user') }, query: {} }
    const asThem = {
      operation: 'createSelection',
      params: {},
      query: {},
      body: { items: [] },
      as: 'own',
    } as const
    return [
      step,
      asThem,
      { operation: 'updateUser', ...of, body: { role: 'viewer' } },
      asThem,
      { operation: 'rotateUserToken', ...of },
      asThem,
      step,
    ] satisfies Unit
  }),
  fc.tuple(validStep('createModel'), validStep('createSelection')).map(([model, selection]) => {
    const query = { model_id: given('model') }
    return [
      model,
      { operation: 'getModelConfig', params: {}, query },
      { operation: 'explainPolicy', params: {}, query },
      model,
      selection,
      { operation: 'getSelection', params: { id: given('selection') }, query: {} },
    ] satisfies Unit
  }),
  validStep('importData').map((step) => {
    const commit = { ...step, body: { ...(step.body as object), mode: 'commit' } }
    const undo: Step = { operation: 'undoImport', params: { id: given('import') }, query: {} }
    return [commit, undo, undo, commit, commit, undo] satisfies Unit
  }),
  validStep('writeModelConfig').map((step) => {
    const read = { operation: 'getModelConfig', params: {}, query: { model_id: editedModel } } as const
    const body = { model_id: editedModel, text: given('text'), if_text: given('text') }
    return [read, { ...step, body }, { ...step, body: { ...body, if_text: 'stale' } }] satisfies Unit
  }),
  fc.tuple(validStep('createSelection'), validStep('createModel'), fc.nat(1e9)).map(([step, other, n]) => {
    const headers = { 'idempotency-key': `fuzz-${n}` }
    const another = { ...step, body: { items: [given('row', 0, { model_id: 'another' })] } }
    return [
      { ...step, headers },
      { ...step, headers },
      { ...another, headers },
      { ...other, headers },
      { ...other, headers },
    ] satisfies Unit
  }),
]

/** Units of every kind, most of them one request. */
export const units: fc.Arbitrary<Unit> = fc.oneof(
  { weight: 100, arbitrary: kindOf(operations.filter((id) => !heavy.has(id))) },
  { weight: 3, arbitrary: kindOf([...heavy]) },
  { weight: 2, arbitrary: fc.oneof(...lives) },
)

function kindOf(ids: OperationId[]): fc.Arbitrary<Unit> {
  const each = ids.map((id) =>
    fc.oneof(
      { weight: 5, arbitrary: validStep(id) },
      { weight: 4, arbitrary: changedStep(id) },
      { weight: 2, arbitrary: wireStep(id) },
    ),
  )
  return fc.oneof(...each).map((step) => [step])
}
