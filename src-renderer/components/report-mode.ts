import { createContext, useContext } from 'react'
import type { PlotSpec } from '#renderer/charts/plot-spec.ts'

/** Gives the picture of a chart in a page that is made to be saved. */
export type DrawChart = (spec: PlotSpec) => string

/** Set where parts of a screen are written into a file: then nothing can be pressed, hovered or scrolled. */
export const ReportMode = createContext<DrawChart | null>(null)

export const useIsReport = (): boolean => useContext(ReportMode) !== null
