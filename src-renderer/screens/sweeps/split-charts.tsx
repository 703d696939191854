import { useMemo } from 'react'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { countBins } from '#renderer/charts/count-bins.ts'
import { HistogramChart } from '#renderer/charts/histogram-chart.tsx'
import { SplitScatter } from '#renderer/charts/split-scatter.tsx'
import { formatCount, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'

type Analysis = NonNullable<ReplyOf<'getSweep'>['analysis']>

interface SplitChartsProps {
  analysis: Analysis
  /** In the order of the configurations. */
  inOrder: readonly LeaderboardRow[]
  keptIds: ReadonlySet<string>
}

/** How the choice of the best holds up: what half of the time chose, in the other half. */
export function SplitCharts({ analysis, inOrder, keptIds }: SplitChartsProps) {
  const { logits, chosen, inside, outside, blocks, pbo, loss_probability: loss } = analysis
  const bins = useMemo(() => countBins(logits, 0.5), [logits])
  const isKept = useMemo(() => {
    const kept = inOrder.map(({ id }) => keptIds.has(id))
    return (split: number) => kept[chosen[split] ?? -1] ?? false
  }, [inOrder, keptIds, chosen])
  if (blocks === null) {
    return (
      <Panel title="Overfitting across splits">
        <EmptyState title="Too little to cross-validate the choice">
          It takes 10 configurations and 120 days out of sample.
        </EmptyState>
      </Panel>
    )
  }
  const kept = chosen.reduce((sum, _, split) => sum + (isKept(split) ? 1 : 0), 0)
  return (
    <>
      <Panel
        title="Rank out of sample"
        flush
        note={
          <span className={pbo !== null && pbo > 0.5 ? 'loss' : 'muted'} data-testid="pbo">
            overfitted in {formatPercent(pbo, 0)} of {formatCount(logits.length)} splits
          </span>
        }
      >
        <HistogramChart
          label="Logit of the rank out of sample of what was best in sample"
          bins={bins}
          unit="splits"
          axis="logit of its rank out of sample"
          toneOf={({ to }) => (to <= 0 ? 'loss' : 'gain')}
          mark={{ at: 0, text: 'median' }}
        />
      </Panel>
      <Panel
        title="In sample against out of sample"
        flush
        note={
          <span className="muted">
            loses in {formatPercent(loss, 0)}
            {kept < chosen.length && `; ${formatCount(kept)} splits chose a kept one`}
          </span>
        }
      >
        {inside.length === 0 ? (
          <EmptyState title="Not kept">
            This sweep is of an earlier version; run it again to see its splits.
          </EmptyState>
        ) : (
          <SplitScatter inside={inside} outside={outside} isKept={isKept} />
        )}
      </Panel>
    </>
  )
}
