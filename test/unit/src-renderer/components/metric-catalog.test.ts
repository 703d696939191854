import { describe, expect, it } from 'vitest'
import {
  formatMetric,
  type MetricName,
  metricDefinition,
  metricGroups,
} from '#renderer/components/metric-catalog.ts'
import { RunMetrics } from '#shared/contract/metrics.ts'

const names = Object.keys(RunMetrics.properties) as MetricName[]

describe('the figures of a run', () => {
  it('each carry the definition of the contract', () => {
    for (const name of names) expect(metricDefinition(name), name).not.toBe('')
    expect(metricDefinition('cagr')).toBe('Final equity to the power of 252 / sessions, − 1')
    expect(metricDefinition('trades')).toBe('Closed trades; one signal is one trade')
  })

  it('each stand in one group of the run page', () => {
    expect(metricGroups.flatMap((group) => group.names).toSorted()).toEqual(names.toSorted())
  })

  it('are percent only where they are fractions', () => {
    expect(formatMetric('max_dd', 0.123)).toBe('12.3%')
    expect(formatMetric('sharpe', 1.234)).toBe('1.23')
    expect(formatMetric('cum_return', 0.05)).toBe('+5.0%')
    expect(formatMetric('trades', null)).toBe('–')
    expect(formatMetric('breakeven_cost_bps', 3.4)).toBe('3.4 bps')
  })
})
