import { useMemo } from 'react'
import { useIsReport } from '#renderer/components/report-mode.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'

const names = [
  'ground',
  'surface',
  'raised',
  'line',
  'line-strong',
  'text',
  'muted',
  'accent',
  'gain',
  'loss',
  'warn',
  'heat-low',
  'heat-mid',
  'heat-high',
] as const
export type ChartColors = Record<(typeof names)[number], string>

/** Colours that no theme has: in a saved picture each gives way to its token, so that the picture follows the theme of its reader. */
export const pictureColors = Object.fromEntries(
  names.map((name, i) => [name, `#0102${(16 + i).toString(16)}`]),
) as ChartColors

/** A picture drawn in placeholders, in the colours of whoever looks at it. */
export const withTokens = (svg: string): string =>
  names.reduce((text, name, i) => text.replaceAll(`rgb(1, 2, ${16 + i})`, `var(--${name})`), svg)

/** The design tokens as plain colours, for canvases that know no CSS variables. */
export function useChartColors(): ChartColors {
  const theme = usePreferences((preferences) => preferences.theme)
  const isReport = useIsReport()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the theme
  return useMemo(() => {
    if (isReport) return pictureColors
    const style = getComputedStyle(document.documentElement)
    return Object.fromEntries(
      names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
    ) as ChartColors
  }, [theme, isReport])
}

/** One colour per New York hour, from morning blue to afternoon amber; telling them apart does not rest on hue alone. */
export const hourColors: Readonly<Record<number, string>> = {
  9: '#3b6fb6',
  10: '#4f8fd0',
  11: '#58a9b8',
  12: '#5dbb8f',
  13: '#a3b64a',
  14: '#d9a03c',
  15: '#d9713c',
}

/** Colours and dashes of runs laid over each other: legible on both themes, and no two rest on hue alone. */
export const runStyles = [
  { color: '#4a90d9', dash: 'solid' },
  { color: '#dd7a2f', dash: 'solid' },
  { color: '#1fa187', dash: 'solid' },
  { color: '#b86fc6', dash: 'solid' },
  { color: '#a3922b', dash: 'dash' },
  { color: '#d65a78', dash: 'dash' },
  { color: '#6c7bd0', dash: 'dot' },
  { color: '#7b8a99', dash: 'dashdot' },
] as const

export const runStyle = (index: number) => runStyles[index % runStyles.length] ?? runStyles[0]
