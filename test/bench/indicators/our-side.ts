import type { Indicator, IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { serveSide } from '../harness/serve-side.ts'
import { readBars } from './write-bars.ts'

const catalogueIds: Record<string, string> = { bb: 'bollinger_bands', stoch: 'stochastic' }
/** Where our default is not the window that the others are given. */
const overrides: Record<string, Record<string, unknown>> = { ema: { window: 20 } }

await serveSide((folder, { indicator }) => {
  const id = catalogueIds[String(indicator)] ?? String(indicator)
  const entry = indicators.get(id)
  if (entry === undefined) throw new Error(`the catalogue has no ${id}`)
  const bars = readBars(folder)
  const rows = bars.close.length
  const input = { ...bars, rows } as unknown as IndicatorInput
  const params = { ...defaultsOf(entry), ...overrides[id] } as Record<string, never>
  const outs = entry.outputs(params).map(() => new Float64Array(rows))
  return {
    version: 'Sigma Lab',
    round: () => ({
      run: () => entry.compute(input, params, outs),
      output: () => Float64Array.from(outs.flatMap((out) => [...out])),
    }),
  }
})

function defaultsOf({ params }: Indicator): Record<string, unknown> {
  const entries = Object.entries(params.properties as Record<string, { default?: unknown }>)
  return Object.fromEntries(entries.map(([name, schema]) => [name, schema.default]))
}
