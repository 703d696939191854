import type { OperationId } from '#shared/contract/index.ts'

/** One request as generated: ids that only the host knows are written as references, so that a seed says it all. */
export interface Step {
  operation: OperationId
  params: Record<string, unknown>
  query: Record<string, unknown>
  body?: unknown
  /** Who asks; `own` with the token that an earlier step of the unit was given. */
  as?: 'admin' | 'nobody' | 'own'
  headers?: Record<string, string>
  method?: string
  /** Sent as it is in place of the body. */
  raw?: string | Buffer
  /** Appended to the path as it is. */
  suffix?: string
}

/** Steps that follow each other: one, or a life of something. */
export type Unit = Step[]

const mark = '@pool'

/** Stands for what an earlier reply gave: the newest of this unit, else one of all. Fields in `also` are laid over it. */
export function given(pool: string, nth = 0, also?: object): object {
  return { [mark]: pool, nth, also }
}

export interface Pools {
  own: Map<string, unknown>
  all: Map<string, unknown[]>
}

const keptPerPool = 100

export function keep({ own, all }: Pools, pool: string, value: unknown): void {
  if (value === null || value === undefined) return
  own.set(pool, value)
  const list = all.get(pool) ?? []
  all.set(pool, list)
  list.push(value)
  if (list.length > keptPerPool) list.splice(0, list.length - keptPerPool)
}

/** A copy of a value with its references looked up. */
export function lookUp(value: unknown, pools: Pools): unknown {
  if (Array.isArray(value)) return value.map((each) => lookUp(each, pools))
  if (typeof value !== 'object' || value === null) return value
  if (mark in value) {
    const { [mark]: pool, nth, also } = value as unknown as { [mark]: string; nth: number; also?: object }
    const list = pools.all.get(pool) ?? []
    const found = pools.own.get(pool) ?? list[nth % Math.max(1, list.length)] ?? '999999999'
    return also === undefined ? found : { ...(found as object), ...(lookUp(also, pools) as object) }
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, lookUp(each, pools)]))
}

type Found = Record<string, unknown>

const rowsOf = (reply: Found, name = 'rows') => (reply[name] ?? []) as Found[]

/** What later requests may name, out of a reply of success. */
export function harvest(operation: OperationId, reply: Found, pools: Pools): void {
  const add = (pool: string, value: unknown) => keep(pools, pool, value)
  add('matrix_sha', reply['matrix_sha'])
  add('run', reply['backtest_run_id'])
  if (operation === 'runSweep' || operation === 'runBacktestSweep') add('sweep', String(reply['sweep_id']))
  if (operation === 'runSweep') add('job', reply['job_id'])
  // An edit says what it has read, and only the last that was written is still so.
  if (operation === 'getModelConfig') pools.own.set('text', reply['text'])
  if (operation === 'saveView') add('view', (reply['view'] as Found)['id'])
  if (operation === 'createSelection') add('selection', reply['selection_id'])
  if (operation === 'importData') add('import', reply['import_id'])
  if (operation === 'createModel') add('model', reply['model_id'])
  if (operation === 'createTemplate') add('template', reply['template_id'])
  if (operation === 'createUser') {
    add('user', String((reply['user'] as Found)['id']))
    add('token', reply['token_once'])
  }
  if (operation === 'trainBatch') for (const id of reply['job_ids'] as string[]) add('job', id)
  if (operation === 'listJobs') for (const { job_id, id = job_id } of rowsOf(reply)) add('job', String(id))
  if (operation === 'listModelCards') for (const { file } of rowsOf(reply, 'cards')) add('card', file)
  if (operation === 'createOptionsOverlay') for (const { id } of rowsOf(reply)) add('position', String(id))
  if (operation === 'listSignals') {
    for (const { ts, model_id, ticker, risk_profile } of rowsOf(reply)) {
      add('signal', { ts, model_id, ticker, risk_profile })
    }
  }
  if (operation === 'getSweepResults' || operation === 'getLeaderboard') {
    for (const { id, model_id, config, lineage } of rowsOf(reply)) {
      add('run', id)
      add('row', { model_id, config, lineage })
    }
  }
}
