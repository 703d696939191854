import { BarList } from '#renderer/components/bar-list.tsx'
import { formatNumber, MISSING } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'

type Contributions = ReplyOf<'explainRow'>['contributions']

const signed = (value: number | null): string =>
  value === null ? MISSING : `${value > 0 ? '+' : ''}${formatNumber(value, 4)}`

/** What each feature adds to the score, the largest first. */
export function ContributionBars({ contributions }: { contributions: Contributions }) {
  const { features, unit, base, margin, others } = contributions
  const largest = Math.max(...features.map(({ contribution }) => Math.abs(contribution ?? 0)), 1e-12)
  const bars = features.map(({ feature, value, contribution }) => ({
    name: feature,
    share: Math.abs(contribution ?? 0) / largest,
    text: `${signed(contribution)} (${formatNumber(value, 3)})`,
    tone: (contribution ?? 0) >= 0 ? ('good' as const) : ('bad' as const),
  }))
  return (
    <Panel title="Why this score">
      {unit === null ? (
        <p className="muted">Train the model again to see what each feature adds to its score.</p>
      ) : (
        <p className="muted">
          {unit === 'log_odds' ? 'Log odds of up against down' : 'Class frequency, up less down'}: average row{' '}
          {signed(base)}, other features {signed(others)}, this row {signed(margin)}. Feature values in
          brackets.
        </p>
      )}
      <BarList label="Contributions of features" bars={bars} />
    </Panel>
  )
}
