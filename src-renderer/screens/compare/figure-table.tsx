import { Fragment } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import {
  formatMetric,
  metricDefinition,
  metricGroups,
  metricTitle,
} from '#renderer/components/metric-catalog.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Tip } from '#renderer/components/tip.tsx'
import { bestRuns } from './best-run.ts'
import { RunHead } from './compared-run.tsx'

/** Every figure of every run, the best of each row marked. */
export function FigureTable({ replies }: { replies: readonly BacktestRun[] }) {
  return (
    <Panel title="Figures" flush note={<span className="muted">★ is the best of its row</span>}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="table-scroll" aria-label="Figures side by side" tabIndex={0}>
        <table className="table tight">
          <thead>
            <tr>
              <th scope="col">Figure</th>
              {replies.map(({ run }, index) => (
                <th key={run.id} scope="col" className="number">
                  <RunHead index={index} id={run.id} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {metricGroups.map((group) => (
              <Fragment key={group.title}>
                <tr className="group">
                  <th scope="rowgroup" colSpan={replies.length + 1}>
                    {group.title}
                  </th>
                </tr>
                {group.names.map((name) => {
                  const values = replies.map(({ run }) => run.metrics[name])
                  const best = bestRuns(name, values)
                  return (
                    <tr key={name} data-testid={`compare-${name}`}>
                      <th scope="row">
                        <Tip text={metricDefinition(name)}>{metricTitle(name)}</Tip>
                      </th>
                      {values.map((value, i) => (
                        <td
                          key={replies[i]?.run.id}
                          className={best.has(i) ? 'number best' : 'number'}
                          data-best={best.has(i)}
                        >
                          {best.has(i) && (
                            <span role="img" aria-label="best" className="star">
                              ★
                            </span>
                          )}
                          {formatMetric(name, value)}
                        </td>
                      ))}
                    </tr>
                  )
                })}
              </Fragment>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}
