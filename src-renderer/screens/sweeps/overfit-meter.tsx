import type { LeaderboardRow } from '#renderer/api/types.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { type Bar, BarList } from '#renderer/components/bar-list.tsx'
import { formatCount, formatNumber, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'
import { luckOf } from './luck-of.ts'

interface OverfitMeterProps {
  rows: readonly LeaderboardRow[]
  analysis: NonNullable<ReplyOf<'getSweep'>['analysis']>
}

/** Trials against data: how good the best looks beside what so many useless trials would reach. */
export function OverfitMeter({ rows, analysis }: OverfitMeterProps) {
  const luck = luckOf(rows)
  const { years, min_backtest_years: needed, null_test: test } = analysis
  const isShort = years !== null && needed !== null && years < needed
  const longest = Math.max(years ?? 0, needed ?? 0, 1e-9)
  const highest = Math.max(luck.best ?? 0, luck.expected ?? 0, test?.p95 ?? 0, 1e-9)
  const sharpe = (name: string, value: number | null, tone?: Bar['tone']): Bar => ({
    name,
    share: Math.max(0, value ?? 0) / highest,
    text: formatNumber(value),
    tone,
  })
  const isBeyondLuck = luck.best !== null && luck.expected !== null && luck.best > luck.expected
  return (
    <Panel
      title="Trials against data"
      note={
        isShort ? (
          <Badge tone="warn">too little data</Badge>
        ) : (
          <Badge tone={isBeyondLuck ? 'good' : 'warn'}>{isBeyondLuck ? 'beyond luck' : 'within luck'}</Badge>
        )
      }
    >
      <BarList
        label="Sharpe ratio against luck"
        bars={[
          sharpe('Best Sharpe here', luck.best, isBeyondLuck ? 'good' : 'warn'),
          sharpe('Best that luck would give', luck.expected),
          ...(test === null ? [] : [sharpe('Exceeded by 5% of shuffles', test.p95)]),
        ]}
      />
      <BarList
        label="Years of data against years needed"
        bars={[
          {
            name: 'Years out of sample',
            share: (years ?? 0) / longest,
            text: formatNumber(years, 1),
            tone: isShort ? 'warn' : 'good',
          },
          {
            name: 'Years so many trials need',
            share: (needed ?? 0) / longest,
            text: formatNumber(needed, 1),
          },
        ]}
      />
      <p className="muted" data-testid="min-backtest">
        {isShort
          ? `On less than ${formatNumber(needed, 1)} years the best of ${formatCount(rows.length)} useless configurations is expected to reach a Sharpe of 1.`
          : 'There is enough data for so many configurations.'}{' '}
        {formatCount(luck.trials)} trials of this model, {formatNumber(luck.effective, 0)} of them
        independent; the best has a deflated Sharpe of {formatPercent(luck.dsr)}.
      </p>
    </Panel>
  )
}
