import type { LeaderboardRow } from '#renderer/api/types.ts'
import {
  formatMetric,
  metricDefinition,
  metricGroups,
  metricTitle,
} from '#renderer/components/metric-catalog.ts'
import { Tip } from '#renderer/components/tip.tsx'

/** Every figure with the contract's own definition behind its name. */
export function MetricTables({ metrics }: { metrics: LeaderboardRow['metrics'] }) {
  return (
    <div className="columns" style={{ '--column': '220px' }}>
      {metricGroups.map((group) => (
        <section key={group.title} aria-label={group.title} className="stack tight">
          <h3>{group.title}</h3>
          <table className="table compact">
            <tbody>
              {group.names.map((name) => (
                <tr key={name} data-testid={`metric-${name}`} data-value={metrics[name] ?? ''}>
                  <th scope="row">
                    <Tip text={metricDefinition(name)}>{metricTitle(name)}</Tip>
                  </th>
                  <td className="number">{formatMetric(name, metrics[name])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  )
}
