import type { Indicator } from '#shared/catalog/indicators/define.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { IndicatorService } from './index.ts'

type Summary = NonNullable<ReplyOf<'listIndicators'>['indicators']>[number]

/** The indicator catalogue as data. */
export function createIndicatorService(): IndicatorService {
  return {
    async list({ group }) {
      const all = [...indicators.values()]
      return group ? { groups: groupByCategory(all) } : { indicators: all.map(summarise) }
    },
    // The catalogue is code: what does not load does not compile.
    status: async () => ({ count: indicators.size, load_errors: [] }),
  }
}

function summarise(indicator: Indicator): Summary {
  const { id, title, category, subcategory, params, needs = [], aliases = [], doc, source } = indicator
  const defaults = defaultParams(indicator)
  return {
    name: id,
    title,
    category,
    subcategory,
    params: Object.keys(params.properties),
    schema: params as unknown as Record<string, unknown>,
    outputs: indicator.outputs(defaults),
    inputs: indicator.inputs(defaults),
    needs: [...needs],
    aliases: [...aliases],
    warmup: Math.max(...[indicator.warmup(defaults)].flat()),
    warmup_unit: indicator.warmupUnit ?? 'rows',
    lag_sessions: indicator.lag?.(defaults) ?? 0,
    recursive: indicator.recursive ?? false,
    doc,
    source,
  }
}

function defaultParams({ params }: Indicator): Record<string, never> {
  const entries = Object.entries(params.properties).flatMap(([name, schema]) => {
    const fallback = (schema as { default?: unknown }).default
    return fallback === undefined ? [] : [[name, fallback]]
  })
  return Object.fromEntries(entries) as Record<string, never>
}

function groupByCategory(all: readonly Indicator[]): Record<string, Record<string, string[]>> {
  const groups: Record<string, Record<string, string[]>> = {}
  for (const [category, members] of Map.groupBy(all, (each) => each.category)) {
    const parts = Map.groupBy(members, (each) => each.subcategory)
    groups[category] = Object.fromEntries([...parts].map(([name, each]) => [name, each.map(({ id }) => id)]))
  }
  return groups
}
