const WIDTH = 92
const HEIGHT = 20

/** A curve without axes; coloured by whether it ends above its start. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const first = values[0]
  const last = values.at(-1)
  if (first === undefined || last === undefined || values.length < 2) return null
  const low = Math.min(...values)
  const span = Math.max(...values) - low || 1
  const points = values
    .map(
      (value, i) =>
        `${((i / (values.length - 1)) * WIDTH).toFixed(1)},${(HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4)).toFixed(1)}`,
    )
    .join(' ')
  return (
    <svg
      className={`sparkline ${last > first ? 'gain' : last < first ? 'loss' : 'muted'}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      <polyline points={points} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
    </svg>
  )
}
