import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'

export const dayRangePos = defineIndicator({
  id: 'day_range_pos',
  title: 'Position in the day’s range',
  doc: 'Where the close lies between the session’s low and high so far: 0 low, 1 high, 0.5 before there is a range.',
  category: 'session',
  subcategory: 'range',
  source: '(close − running low) / (running high − running low) of the session',
  params: Type.Object({}),
  inputs: () => ['high', 'low', 'close', 'time'],
  outputs: () => ['day_range_pos'],
  warmup: () => 0,
  compute: ({ high, low, close, session, rows }, _params, [out]) => {
    let top = 0
    let bottom = 0
    for (let i = 0; i < rows; i++) {
      const isFirst = i === 0 || session[i] !== session[i - 1]
      top = isFirst ? high[i]! : Math.max(top, high[i]!)
      bottom = isFirst ? low[i]! : Math.min(bottom, low[i]!)
      out![i] = top === bottom ? 0.5 : (close[i]! - bottom) / (top - bottom)
    }
  },
})
