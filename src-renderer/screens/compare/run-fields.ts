import type { BacktestRun } from '#renderer/api/types.ts'
import { describeRule } from '#renderer/components/describe-config.ts'
import { humanize, MISSING, shortSha } from '#renderer/components/format.ts'
import { formatDay, formatHours } from '#renderer/components/time.ts'

export interface RunField {
  title: string
  /** One value a run, in the order of the runs. */
  values: string[]
}

/** What the table already says in better words. */
const shown = new Set(['kind', 'values', 'value', 'hours', 'model_id', 'pack_id', 'risk_profile', 'splits'])

/** Everything that sets runs apart or makes them alike: configuration, data, lineage, and what the request said. */
export function fieldsOf(replies: readonly BacktestRun[]): RunField[] {
  const field = (title: string, read: (reply: BacktestRun) => string | null | undefined): RunField => ({
    title,
    values: replies.map((reply) => read(reply) || MISSING),
  })
  const params = replies.map((reply) => flatten(reply.params))
  const names = [...new Set(params.flatMap((each) => [...each.keys()]))].sort()
  return [
    field('Model', ({ run }) => run.model_id),
    field('Pack', ({ run }) => run.pack_id),
    field('Ticker', ({ run }) => run.ticker),
    field('Acts on', ({ run }) => describeRule(run.config)),
    field('Hours', ({ run }) => formatHours(run.config.allowed_hours)),
    field('Folds', ({ run }) => run.config.splits?.toString()),
    field('Risk profile', ({ run }) => humanize(run.lineage.risk_profile)),
    field('Data', ({ run }) => (run.simulated ? 'simulated' : 'real')),
    field('First day', ({ equity }) => formatDay(equity.date[0])),
    field('Last day', ({ equity }) => formatDay(equity.date.at(-1))),
    field('Sweep', ({ run }) => (run.sweep_id === null ? null : `#${run.sweep_id}`)),
    field('Tag', ({ run }) => run.tag ?? run.config.tag),
    field('Matrix sha', ({ run }) => shortSha(run.lineage.matrix_sha)),
    field('Configuration sha', ({ run }) => shortSha(run.lineage.config_sha ?? '')),
    field('Policy sha', ({ run }) => shortSha(run.lineage.policy_sha ?? '')),
    field('Risk budget sha', ({ run }) => shortSha(run.lineage.risk_sha)),
    ...names.map((name) => ({
      title: `Asked: ${humanize(name)}`,
      values: params.map((each) => each.get(name) ?? MISSING),
    })),
  ]
}

/** Fields whose values are not all the same. */
export const differingFields = (fields: readonly RunField[]): RunField[] =>
  fields.filter(({ values }) => new Set(values).size > 1)

function flatten(value: Record<string, unknown>, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [name, each] of Object.entries(value)) {
    const path = prefix === '' ? name : `${prefix} ${name}`
    if (prefix === '' && shown.has(name)) continue
    if (each !== null && typeof each === 'object' && !Array.isArray(each)) {
      for (const [inner, text] of flatten(each as Record<string, unknown>, path)) flat.set(inner, text)
    } else {
      flat.set(path, Array.isArray(each) ? each.join(', ') : each == null ? MISSING : String(each))
    }
  }
  return flat
}
