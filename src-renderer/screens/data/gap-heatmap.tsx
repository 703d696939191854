import { useState } from 'react'
import { type Coverage, describeDay, type GapDay, type GapYear } from './gap-weeks.ts'
import './chain.css'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

interface GapHeatmapProps {
  years: readonly GapYear[]
  unit: Coverage['unit']
  ticker: string
}

/** Weeks from left to right, weekdays from top to bottom, a strip for each year; the newest year first. */
export function GapHeatmap({ years, unit, ticker }: GapHeatmapProps) {
  const [pointed, setPointed] = useState<GapDay>()
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="table-scroll gap-years" aria-label={`Gaps of ${ticker} by week`} tabIndex={0}>
        {years.toReversed().map((year) => (
          <YearStrip key={year.year} year={year} unit={unit} onPoint={setPointed} />
        ))}
      </section>
      <div className="row between">
        <span data-testid="gap-readout" className={pointed === undefined ? 'muted' : undefined}>
          {pointed === undefined ? 'Point at a day to read it.' : describeDay(pointed, unit)}
        </span>
        <span className="row muted gap-legend">
          <i style={{ background: shade(1) }} /> all there
          <i style={{ background: shade(0.5) }}>•</i> some missing
          <i style={{ background: shade(0) }}>✕</i> none
        </span>
      </div>
    </>
  )
}

interface YearStripProps {
  year: GapYear
  unit: Coverage['unit']
  onPoint: (day: GapDay | undefined) => void
}

function YearStrip({ year: { year, weeks }, unit, onPoint }: YearStripProps) {
  return (
    <table className="gap-grid" aria-label={`${year} by week`}>
      <thead>
        <tr>
          <th scope="col">{year}</th>
          {weeks.map(({ monday, days }, i) => (
            <th key={monday} scope="col" aria-label={`Week of ${monday}`}>
              <span aria-hidden="true">{monthLabel(days, weeks[i - 1]?.days)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weekdays.map((name, weekday) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {weeks.map(({ monday, days }) => {
              const day = days[weekday]
              return day === undefined ? (
                <td key={monday} />
              ) : (
                <td
                  key={monday}
                  title={describeDay(day, unit)}
                  data-share={day.share}
                  style={{ background: shade(day.share) }}
                  onMouseEnter={() => onPoint(day)}
                >
                  {day.share === 0 ? '✕' : day.share < 1 ? '•' : ''}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The month's name over the first week that has a day of it. */
function monthLabel(
  days: readonly (GapDay | undefined)[],
  before: readonly (GapDay | undefined)[] | undefined,
): string {
  const monthOf = (week: readonly (GapDay | undefined)[] | undefined) =>
    Number(week?.findLast((day) => day !== undefined)?.date.slice(5, 7) ?? 0)
  const month = monthOf(days)
  return month === monthOf(before) ? '' : (monthNames[month - 1] ?? '')
}

function shade(share: number): string {
  return `color-mix(in srgb, var(--heat-high) ${Math.round(share * 100)}%, var(--heat-low))`
}
