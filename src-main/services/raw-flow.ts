import type { Duck } from '#main/lake/duck.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import type { FlowSeries } from '#shared/jobs/build-matrix.ts'
import type { MatrixPlan } from './matrix-plan.ts'

/** Writes the per-strike rows behind the flow columns of a plan's window: one row an hour and listed strike. */
export async function writeRawFlow(
  duck: Duck,
  flow: FlowSeries,
  plan: MatrixPlan,
  path: string,
): Promise<void> {
  const width = 2 * flow.distanceMax + 1
  const cells: number[] = []
  for (let cell = 0; cell < flow.groups * width; cell++) {
    const session = flow.session[Math.floor(cell / width)]!
    const isListed = !Number.isNaN(flow.callsSold[cell]!) || !Number.isNaN(flow.putsSold[cell]!)
    if (isListed && session >= plan.sessions.first && session < plan.sessions.end) cells.push(cell)
  }
  const group = (cell: number) => Math.floor(cell / width)
  const distance = (cell: number) => (cell % width) - flow.distanceMax
  const pick = (values: Float64Array) => Float64Array.from(cells, (cell) => values[cell]!)
  const dates = Array.from({ length: plan.sessions.end - plan.sessions.first }, (_, i) =>
    sessionDate(plan.sessions.first + i),
  )
  await duck.writeColumns(
    {
      date: {
        kind: 'text',
        codes: Uint32Array.from(cells, (cell) => flow.session[group(cell)]! - plan.sessions.first),
        dictionary: dates,
      },
      hour_et: Int32Array.from(cells, (cell) => flow.hourEt[group(cell)]!),
      k: Int32Array.from(cells, distance),
      strike: Float64Array.from(
        cells,
        (cell) => Math.round(flow.previousClose[group(cell)]!) + distance(cell),
      ),
      calls_sold: pick(flow.callsSold),
      puts_sold: pick(flow.putsSold),
      calls_premium: pick(flow.callsPremium),
      puts_premium: pick(flow.putsPremium),
    },
    path,
    'csv',
  )
}
