import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { Cadence } from '#shared/catalog/indicators/define.ts'
import type { LabelInput, LabelOutput } from '#shared/catalog/labels/define.ts'
import { resolveLabel } from '#shared/catalog/labels/resolve.ts'
import { createRandom } from './seeded-random.ts'

const first = sessionOfDate('2024-06-03')

/** Real sessions (one half day among them) with seeded prices. */
export function timeline(cadence: Cadence, sessions: number, seed = 1): LabelInput {
  const random = createRandom(seed)
  const bars: { ts: number; session: number; hour: number }[] = []
  for (let s = first; s < first + sessions; s++) {
    const open = sessionOpen[s]!
    const close = sessionClose[s]!
    if (cadence === 'daily') bars.push({ ts: close, session: s, hour: -1 })
    else if (cadence === 'hourly') {
      for (let ts = open + 1_800_000, hour = 9; ts <= close; ts += 3_600_000, hour++)
        bars.push({ ts, session: s, hour })
    } else {
      const step = (cadence === '5m' ? 5 : 15) * 60_000
      for (let ts = open + step; ts <= close; ts += step) {
        bars.push({ ts, session: s, hour: Math.floor((9.5 * 3_600_000 + ts - step - open) / 3_600_000) })
      }
    }
  }
  const column = (read: (k: number) => number) => Float64Array.from(bars, (_, k) => read(k))
  const open = new Float64Array(bars.length)
  const close = new Float64Array(bars.length)
  let price = 100
  for (let k = 0; k < bars.length; k++) {
    price *= 1 + (random() - 0.5) * 0.01
    open[k] = price
    price *= 1 + (random() - 0.5) * 0.02
    close[k] = price
  }
  return {
    rows: bars.length,
    cadence,
    ts: column((k) => bars[k]!.ts),
    session: Int32Array.from(bars, (bar) => bar.session),
    sessionClose: column((k) => sessionClose[bars[k]!.session]!),
    nextSessionOpen: column((k) => sessionOpen[bars[k]!.session + 1]!),
    hourEt: Int32Array.from(bars, (bar) => bar.hour),
    open,
    high: column((k) => Math.max(open[k]!, close[k]!) * 1.001),
    low: column((k) => Math.min(open[k]!, close[k]!) * 0.999),
    close,
  }
}

/** A label’s output over a timeline, written over what was there. */
export function compute(block: unknown, input: LabelInput): LabelOutput {
  const { label, params } = resolveLabel(block)
  const out = {
    y: new Int8Array(input.rows).fill(7),
    ret: new Float64Array(input.rows),
    t1: new Float64Array(input.rows),
    exit: new Int32Array(input.rows),
  }
  label.compute(input, params, out)
  return out
}
