import { usePreferences } from '#renderer/stores/preferences.ts'
import { candleTones } from './candle-tones.ts'
import { useChartColors } from './chart-colors.ts'

/** A rising and a falling candle as charts will draw them. */
export function CandleSample() {
  const style = usePreferences((preferences) => preferences.candles)
  const tone = candleTones(style, useChartColors())
  return (
    <svg width="34" height="26" role="img" aria-label="A rising and a falling candle">
      <path d="M9 2v22" stroke={tone.up} />
      <rect x="5" y="6" width="8" height="12" fill={tone.upFill} stroke={tone.up} />
      <path d="M25 2v22" stroke={tone.down} />
      <rect x="21" y="8" width="8" height="12" fill={tone.downFill} stroke={tone.down} />
    </svg>
  )
}
