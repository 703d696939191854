import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { factorParam } from '../params.ts'

export const psar = defineIndicator({
  id: 'psar',
  title: 'Parabolic stop and reverse',
  doc: 'Trailing stop that tightens as a move goes on; below price in an upswing, above it in a downswing.',
  category: 'trend',
  subcategory: 'stop',
  source: 'Wilder, New Concepts in Technical Trading Systems (1978); first direction from the first two bars',
  params: Type.Object({ step: factorParam(0.02), max_step: factorParam(0.2) }),
  recursive: true,
  inputs: () => ['high', 'low'],
  outputs: ({ step, max_step }) => [`psar_${step}_${max_step}`],
  warmup: () => 1,
  compute: ({ high, low, rows }, { step, max_step }, [out]) => {
    out!.fill(Number.NaN, 0, 1)
    if (rows < 2) return
    const start = Math.min(step, max_step)
    const up = high[1]! - high[0]!
    const down = low[0]! - low[1]!
    let isLong = !(down > 0 && down > up)
    let stop = isLong ? low[0]! : high[0]!
    let extreme = isLong ? high[1]! : low[1]!
    let pace = start
    for (let i = 1; i < rows; i++) {
      const isHit = isLong ? low[i]! <= stop : high[i]! >= stop
      if (isHit) {
        isLong = !isLong
        // The new stop is the old extreme, never inside the last two bars.
        stop = isLong ? Math.min(extreme, low[i]!, low[i - 1]!) : Math.max(extreme, high[i]!, high[i - 1]!)
        extreme = isLong ? high[i]! : low[i]!
        pace = start
        out![i] = stop
      } else {
        out![i] = stop
        if (isLong ? high[i]! > extreme : low[i]! < extreme) {
          extreme = isLong ? high[i]! : low[i]!
          pace = Math.min(max_step, pace + step)
        }
      }
      stop += pace * (extreme - stop)
      stop = isLong ? Math.min(stop, low[i]!, low[i - 1]!) : Math.max(stop, high[i]!, high[i - 1]!)
    }
  },
})
