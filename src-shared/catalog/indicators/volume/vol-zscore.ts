import { Type } from 'typebox'
import { newYorkMinute } from '#shared/calendar/new-york.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const volZscore = defineIndicator({
  id: 'vol_zscore',
  title: 'Volume z-score',
  doc: 'How unusual this bar’s volume is against the bars of the same time of day in previous sessions.',
  category: 'volume',
  subcategory: 'price_volume',
  source: '(v − mean) / sample deviation of the last `window` bars that ended at the same New York time',
  params: Type.Object({ window: barsParam(20, 2) }),
  sparse: true,
  inputs: () => ['volume', 'time'],
  outputs: ({ window }) => [`vol_zscore_${window}`],
  warmup: ({ window }) => window,
  warmupUnit: 'sessions',
  compute: ({ volume, ts, session, cadence, rows }, { window }, [out]) => {
    // One row of rings: the last `window` volumes of every minute of the day at which a bar can end.
    const minutes = cadence === 'daily' ? 1 : 24 * 60
    const seen = new Int32Array(minutes)
    const rings: Float64Array[] = new Array(minutes)
    let day = -1
    let midnight = 0
    for (let i = 0; i < rows; i++) {
      let slot = 0
      if (cadence !== 'daily') {
        if (session[i] !== day) {
          day = session[i]!
          midnight = ts[i]! - newYorkMinute(ts[i]!) * 60_000
        }
        slot = Math.floor((ts[i]! - midnight) / 60_000) % minutes
      }
      rings[slot] ??= new Float64Array(window)
      const ring = rings[slot]!
      const count = seen[slot]!
      out![i] = count < window ? Number.NaN : score(volume[i]!, ring)
      if (Number.isNaN(volume[i]!)) continue
      ring[count % window] = volume[i]!
      seen[slot] = count + 1
    }
  },
})

function score(value: number, past: Float64Array): number {
  let sum = 0
  for (let k = 0; k < past.length; k++) sum += past[k]!
  const mean = sum / past.length
  let squares = 0
  for (let k = 0; k < past.length; k++) squares += (past[k]! - mean) ** 2
  const deviation = Math.sqrt(squares / (past.length - 1))
  return deviation > 1e-12 * Math.abs(mean) ? (value - mean) / deviation : Number.NaN
}
