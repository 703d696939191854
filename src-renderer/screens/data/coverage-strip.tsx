import type { SeriesRow } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { countSessions, type MonthCoverage } from './count-sessions.ts'

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** The most that the host gives in one reply; beyond it days would be merged, and no longer countable. */
const MOST_DAYS = 20_000

/** Days with bars by month: a hole in the data shows as a cell that stands out. */
export function CoverageStrip({ series }: { series: SeriesRow }) {
  const query = useQuery('getBars', {
    query: { ticker: series.ticker, cadence: 'daily', max_points: MOST_DAYS },
  })
  return (
    <Panel
      title="Coverage by month"
      note={<span className="muted">{series.ticker}, days with bars; a full month has 19 to 23</span>}
    >
      <QueryView query={query} lines={3}>
        {(bars) =>
          bars.bars_total > MOST_DAYS ? (
            <p className="muted">Too long a series to count by day.</p>
          ) : (
            <MonthTable months={countSessions(bars.ts)} />
          )
        }
      </QueryView>
    </Panel>
  )
}

function MonthTable({ months }: { months: readonly MonthCoverage[] }) {
  const years = [...Map.groupBy(months, ({ year }) => year)]
  const short = months.filter(({ isShort }) => isShort).length
  return (
    <>
      <p className={short > 0 ? 'loss' : 'muted'} data-testid="coverage-verdict">
        {short === 0
          ? 'No month lacks more days than holidays explain.'
          : `${formatPlural(short, 'month')} with more days missing than holidays explain, marked ✕.`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="table-scroll short" aria-label="Coverage by month" tabIndex={0}>
        <table className="heat coverage">
          <thead>
            <tr>
              <th scope="col">Year</th>
              {monthNames.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {years.map(([year, members]) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                {monthNames.map((name, i) => (
                  <MonthCell key={name} month={members.find(({ month }) => month === i + 1)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function MonthCell({ month }: { month: MonthCoverage | undefined }) {
  if (month === undefined) return <td />
  const { days, weekdays, isShort } = month
  const share = weekdays === 0 ? 0 : Math.min(1, days / weekdays)
  return (
    <td
      title={`${formatPlural(days, 'day')} of ${formatPlural(weekdays, 'weekday')}`}
      style={{
        background: isShort
          ? 'var(--loss-soft)'
          : `color-mix(in srgb, var(--heat-high) ${Math.round(share * 45)}%, var(--heat-mid))`,
      }}
    >
      <span>
        {days}
        {isShort && ' ✕'}
      </span>
    </td>
  )
}
