import { formatNumber, formatPercent, formatTiny, humanize } from '#renderer/components/format.ts'
import {
  formatMetric,
  type MetricName,
  metricDefinition,
  metricGroups,
  metricTitle,
} from '#renderer/components/metric-catalog.ts'
import { Tip } from '#renderer/components/tip.tsx'

const known = new Set<string>(metricGroups.flatMap(({ names }) => names))
/** Shares that only builds and trainings report. */
const fractions = new Set(['nan_pct', 'f1_score'])
const titles: Record<string, string> = {
  nan_pct: 'Missing values',
  f1_score: 'F1',
  leakage_flags: 'Columns flagged as leaking',
  onnx_max_abs_diff: 'ONNX difference',
}

/** The figures of a card: run metrics as everywhere, then whatever else the event measured. */
export function CardFigures({ metrics }: { metrics: Record<string, unknown> }) {
  const groups = metricGroups
    .map(({ title, names }) => ({ title, names: names.filter((name) => typeof metrics[name] === 'number') }))
    .filter(({ names }) => names.length > 0)
  const others = Object.entries(metrics).filter(([name, value]) => !known.has(name) && value !== null)
  return (
    <div className="columns" style={{ '--column': '200px' }}>
      {groups.map(({ title, names }) => (
        <FigureColumn
          key={title}
          title={title}
          rows={names.map((name) => ({
            name,
            title: metricTitle(name),
            tip: metricDefinition(name),
            text: formatMetric(name, metrics[name] as number),
          }))}
        />
      ))}
      {others.length > 0 && (
        <FigureColumn
          title="Measured"
          rows={others.map(([name, value]) => ({
            name,
            title: titles[name] ?? humanize(name),
            tip: '',
            text: formatOther(name, value),
          }))}
        />
      )}
    </div>
  )
}

interface FigureRow {
  name: MetricName | (string & {})
  title: string
  tip: string
  text: string
}

function FigureColumn({ title, rows }: { title: string; rows: readonly FigureRow[] }) {
  return (
    <table className="table compact">
      <caption className="visually-hidden">{title}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              <Tip text={row.tip}>{row.title}</Tip>
            </th>
            <td className="number">{row.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function formatOther(name: string, value: unknown): string {
  if (typeof value === 'number') {
    if (fractions.has(name)) return formatPercent(value)
    if (value !== 0 && Math.abs(value) < 1e-4) return formatTiny(value)
    return formatNumber(value, Number.isInteger(value) ? 0 : 4)
  }
  if (Array.isArray(value)) return value.length === 0 ? 'none' : String(value.length)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(
        ([key, each]) =>
          `${key} ${typeof each === 'number' ? formatNumber(each, Number.isInteger(each) ? 0 : 3) : String(each)}`,
      )
      .join(', ')
  return String(value)
}
