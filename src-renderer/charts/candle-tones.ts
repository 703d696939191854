import type { CandleStyle } from '#renderer/stores/preferences.ts'
import type { ChartColors } from './chart-colors.ts'

/** Line and body of rising and falling candles. */
export function candleTones(style: CandleStyle, colors: ChartColors) {
  const up = style === 'classic' ? '#26a65b' : style === 'hollow' ? colors.text : colors.gain
  const down = style === 'classic' ? '#e0433d' : style === 'hollow' ? colors.text : colors.loss
  return { up, down, upFill: style === 'hollow' ? colors.surface : up, downFill: down }
}
