import type { ModelSummary, SeriesRow } from '#renderer/api/types.ts'
import { contract, type InputOf } from '#shared/contract/index.ts'
import type { Template } from './template-picker.tsx'

export type NewModel = InputOf<'createModel'>['body']

/** What the form holds; what is empty is left to the template. */
export interface ModelPlan {
  ticker: string
  variant: string
  algo: string
  indicatorSet: string
  start: string
  end: string
}

const emptyPlan: ModelPlan = { ticker: '', variant: '', algo: '', indicatorSet: '', start: '', end: '' }

const patternOf = (name: 'ticker' | 'variant'): RegExp =>
  new RegExp((contract.createModel.body.properties[name] as unknown as { pattern: string }).pattern)
const ticker = patternOf('ticker')
const variant = patternOf('variant')

/** What cannot even be asked about, by field. */
export function planProblems(plan: ModelPlan): Partial<Record<keyof ModelPlan, string>> {
  const problems: Partial<Record<keyof ModelPlan, string>> = {}
  if (!ticker.test(plan.ticker)) problems.ticker = 'a ticker such as SPY or BRK.B'
  if (plan.variant !== '' && !variant.test(plan.variant))
    problems.variant = 'letters, digits, dash and underscore, at most 40'
  if ((plan.start === '') !== (plan.end === '')) problems.end = 'both dates, or neither'
  if (plan.start !== '' && plan.end !== '' && plan.start > plan.end) problems.end = 'ends before it starts'
  return problems
}

/** The request that a plan stands for. */
export function planBody(template: Template, plan: ModelPlan): NewModel {
  const { asset_type, horizon, cadence, pack, template_id } = template
  const body = {
    ticker: plan.ticker.toUpperCase(),
    pack_id: pack,
    template_id,
    horizon,
    cadence,
    asset_type,
    ...(plan.variant === '' ? {} : { variant: plan.variant }),
    ...(plan.algo === '' ? {} : { algo: plan.algo }),
    ...(plan.indicatorSet === '' ? {} : { indicator_set_name: plan.indicatorSet }),
    ...(plan.start === '' || plan.end === '' ? {} : { train_window: { start: plan.start, end: plan.end } }),
  }
  return body as NewModel
}

/** Tickers with bars of the template's cadence, those first that most models of its kind trade, then those with most bars. */
export function tickersFor(
  { pack, asset_type, cadence }: Template,
  series: readonly SeriesRow[],
  models: readonly ModelSummary[],
): string[] {
  const fitting = series.filter((row) => row.kind === 'bars' && row.cadence === cadence)
  const uses = (ticker: string) =>
    models.filter((each) => each.ticker === ticker && each.pack_id === pack && each.asset_type === asset_type)
      .length
  const ranked = fitting.toSorted((a, b) => uses(b.ticker) - uses(a.ticker) || b.rows - a.rows)
  return [...new Set(ranked.map((row) => row.ticker))]
}

/** What the form starts from, so that it can be sent as it is: a ticker with data, a name that is free, a window that has data. */
export function firstPlan(
  template: Template,
  series: readonly SeriesRow[],
  models: readonly ModelSummary[],
): ModelPlan {
  const [ticker = ''] = tickersFor(template, series, models)
  const taken = models.map(({ id }) => id)
  const id = [ticker, template.asset_type, template.horizon, template.cadence].join('_').toLowerCase()
  const span = spanOf(template, series, ticker)
  const window = (template.config as { train_window?: { start: string; end: string } } | undefined)
    ?.train_window
  const isOutside =
    span !== undefined && window !== undefined && (window.start > span.end || window.end < span.start)
  return {
    ...emptyPlan,
    ticker,
    variant: taken.includes(id) ? freeVariant(id, taken) : '',
    ...(isOutside ? span : {}),
  }
}

/** The span of a ticker's bars, to be taken as a window. */
export function spanOf(
  template: Template,
  series: readonly SeriesRow[],
  name: string,
): { start: string; end: string } | undefined {
  const row = series.find(
    ({ kind, cadence, ticker: of }) =>
      kind === 'bars' && cadence === template.cadence && of === name.toUpperCase(),
  )
  return row && { start: row.first.slice(0, 10), end: row.last.slice(0, 10) }
}

/** A variant that is not taken: v2, v3, … */
export function freeVariant(modelId: string, taken: readonly string[]): string {
  for (let n = 2; ; n++) if (!taken.includes(`${modelId}_v${n}`)) return `v${n}`
}
