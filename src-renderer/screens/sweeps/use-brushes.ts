import { useMemo, useState } from 'react'
import { type Brush, formatBrushes, parseBrushes } from '#renderer/charts/brushes.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'

export interface Brushes {
  brushes: readonly Brush[]
  /** Shows brushes that are still being drawn. */
  draw: (brushes: readonly Brush[]) => void
  /** Writes them into the link. */
  keep: (brushes: readonly Brush[]) => void
}

/** What is brushed: the link's, unless a hand is at it. A browser refuses a new link for every move of a hand. */
export function useBrushes(): Brushes {
  const text = useHash().params['brush'] ?? ''
  const [drawn, setDrawn] = useState<readonly Brush[]>()
  const kept = useMemo(() => parseBrushes(text), [text])
  return {
    brushes: drawn ?? kept,
    draw: setDrawn,
    keep: (brushes) => {
      setDrawn(undefined)
      setParams({ brush: formatBrushes(brushes) })
    },
  }
}
