import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { BacktestChange } from '#renderer/screens/policy/backtest-change.tsx'
import { ContributionBars } from '#renderer/screens/policy/contribution-bars.tsx'
import { DecisionPath } from '#renderer/screens/policy/decision-path.tsx'
import { draftOf } from '#renderer/screens/policy/what-if-draft.ts'
import { WhatIfSliders } from '#renderer/screens/policy/what-if-sliders.tsx'
import { effectiveExecution } from '#shared/catalog/packs/policy.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

type Explained = ReplyOf<'explainRow'>

const outcome = {
  trade: false,
  reason: 'no trade because hour 9 is not one of 13, 14',
  stopped_by: 'hours',
  order: null,
}
const explained: Explained = {
  ...{ model_id: 'm', pack_id: 'p', risk_profile: 'balanced', ticker: 'SPY', ts: '2024-06-07T14:00:00Z' },
  ...{ date: '2024-06-07', hour_et: 9, signal_id: null, simulated: true, artifact: 'a.onnx' },
  lineage: { matrix_sha: 'a', risk_profile: 'balanced', risk_sha: 'b' },
  contributions: {
    ...{ unit: 'log_odds', base: 0.1, margin: 0.35, others: 0.05 },
    features: [
      { feature: 'rsi_14', value: 61.2, contribution: 0.3 },
      { feature: 'pc_ratio', value: null, contribution: -0.1 },
    ],
  },
  classes: [{ class: 'UP', raw: 0.6, calibrated: 0.58 }],
  score_total: 0.58,
  steps: [
    {
      ...{
        id: 'hours',
        rule: 'the hour may decide',
        value: 9,
        limit: '13, 14',
        effect: 'stops',
        from: 'budget',
      },
      source: { path: 'packs/p/pack.yaml', key: 'risk_budgets.balanced.allowed_hours', line: 51 },
      note: null,
    },
  ],
  outcome,
  what_if: null,
  warnings: [],
}

describe('the panels of a decision', () => {
  it('show each step with its limit, its effect and its line, and the outcome in words', () => {
    // A path may break after each slash.
    const html = renderToStaticMarkup(<DecisionPath explained={explained} />).replaceAll('<wbr/>', '')
    for (const text of ['No trade because hour 9', '13, 14', 'stops', 'packs/p/pack.yaml:51']) {
      expect(html).toContain(text)
    }
  })

  it('show contributions with their signs and what they add up to', () => {
    const html = renderToStaticMarkup(<ContributionBars contributions={explained.contributions} />)
    for (const text of ['rsi_14', '+0.3000 (61.200)', '−0.1000 (–)', 'this row +0.3500'])
      expect(html).toContain(text)
  })

  it('show what the tried settings change, and say it when there is no backtest', () => {
    const figures = {
      trades: 40,
      sharpe: 1.25,
      cum_return: 0.1,
      max_dd: 0.05,
      win_rate: 0.55,
      brackets: null,
    }
    const changed = { changed: ['threshold'], outcome_before: outcome, backtest: null }
    expect(renderToStaticMarkup(<BacktestChange changed={changed} />)).toContain('Run a backtest')
    const after = { ...figures, trades: 12, sharpe: null }
    const backtest = { backtest_run_id: '1', started_at: '2024-01-01T00:00:00Z', before: figures, after }
    const html = renderToStaticMarkup(<BacktestChange changed={{ ...changed, backtest }} />)
    for (const text of ['40', '12', '1.25', '–', '10.0%']) expect(html).toContain(text)
  })

  it('show sliders at what is tried beside what is in force', () => {
    const inForce = draftOf(0.55, effectiveExecution({}))
    const draft = { ...inForce, threshold: 0.6 }
    const html = renderToStaticMarkup(
      <WhatIfSliders draft={draft} inForce={inForce} onMove={() => {}} onSettle={() => {}} />,
    )
    expect(html).toContain('Threshold: 0.600 (in force 0.550)')
    expect(html).toContain('Stop, ATR: 1.500</span>')
  })
})
