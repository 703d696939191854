import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { formatIndicator, resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import type { BuildMatrixResult } from '#shared/jobs/build-matrix.ts'
import { barsAt, dailyTimes, tinyBuild } from '#test/tiny-build.ts'
import { buildMatrix } from '#workers/jobs/build-matrix.ts'
import { serveSide } from '../harness/serve-side.ts'

const hour = 3_600_000

await serveSide((_, options) => {
  const [bars, features] = [Number(options['bars']), Number(options['features'])]
  const perSession = Number(options['perSession'])
  const sessions = Math.ceil(bars / perSession)
  const first = sessionOfDate('2003-01-02')
  const times = Array.from({ length: sessions }, (_, i) => first + i).flatMap((session) => {
    const step = (sessionClose[session]! - sessionOpen[session]!) / perSession
    return Array.from({ length: perSession }, (_, k) => ({
      session,
      openTs: sessionOpen[session]! + k * step,
      ts: sessionOpen[session]! + (k + 1) * step,
    }))
  })
  const series = barsAt(times)
  const input = tinyBuild('daily', 1, {
    ...{ cadence: '15m', barsPerSession: perSession, bars: series, trueBars: series },
    hourEt: Int32Array.from(times, ({ openTs, session }) =>
      Math.floor(9.5 + (openTs - sessionOpen[session]!) / hour),
    ),
    sessionClose: Float64Array.from(times, ({ session }) => sessionClose[session]!),
    nextSessionOpen: Float64Array.from(times, ({ session }) => sessionOpen[session + 1]!),
    firstRow: 0,
    endRow: series.length,
    daily: barsAt(dailyTimes(sessions, first), 2),
    indicators: fromBars(features),
  })
  let last: BuildMatrixResult | undefined
  return {
    version: 'Sigma Lab',
    round: () => ({
      run: () => {
        // A worker hands its matrix on before the next.
        last = undefined
        last = buildMatrix(input, { report: () => {}, cancelled: () => false })
      },
      figures: () => ({ rows: last!.matrix.rows, features: last!.matrix.features.length }),
    }),
  }
})

/** The first entries of the catalogue that need nothing but bars, as they are without parameters, until there are so many columns. */
function fromBars(columns: number): string[] {
  const chosen: string[] = []
  let made = 0
  for (const [id, { needs = [] }] of indicators) {
    if (needs.length > 0 || made >= columns) continue
    const { indicator, params } = resolveIndicator(id)
    made += indicator.outputs(params as never).length
    chosen.push(formatIndicator(indicator, params))
  }
  return chosen
}
