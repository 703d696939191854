import { formatCount, formatNumber, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { type Stat, Stats } from '#renderer/components/stats.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'
import { shortMoney } from './short-money.ts'

type Parity = ReplyOf<'getOptionParity'>

const toneOf = (value: number | null | undefined): Stat['tone'] =>
  value == null || value === 0 ? undefined : value < 0 ? 'loss' : 'gain'

/** What is not among the figures: positions that became no trade, or none that ended. */
function unfinished({ not_entered, open }: { not_entered: number; open: number }): string[] {
  return [
    ...(not_entered > 0 ? [`${not_entered} not entered: the open was already past a level`] : []),
    ...(open > 0 ? [`${open} still open: the bars end before`] : []),
  ]
}

function onUnderlying(parity: NonNullable<Parity['parity']>): Stat[] {
  return [
    { label: 'Trades', value: formatCount(parity.trades) },
    { label: 'Target', value: formatPercent(parity.hit_rate), title: 'Share that reached the target' },
    { label: 'Stop', value: formatPercent(parity.stop_rate), title: 'Share that ended at the stop' },
    { label: 'By time', value: formatCount(parity.timeouts), title: 'Ended by the time stop' },
    {
      label: 'Mean R',
      value: formatNumber(parity.avg_rr),
      tone: toneOf(parity.avg_rr),
      title: 'Gain in units of the risk from entry to stop',
    },
    {
      label: 'Mean return',
      value: formatPercent(parity.avg_return, 3),
      tone: toneOf(parity.avg_return),
      title: 'Net of slippage',
    },
  ]
}

function onPremium(parity: NonNullable<Parity['parity_premium']>): Stat[] {
  return [
    { label: 'Trades', value: formatCount(parity.trades) },
    { label: 'Target', value: formatPercent(parity.hit_rate_target), title: 'Share that reached the target' },
    { label: 'Stop', value: formatPercent(parity.hit_rate_stop), title: 'Share that ended at the stop' },
    { label: 'Won', value: formatPercent(parity.win_rate), title: 'Share with a net gain' },
    {
      label: 'Mean P&L',
      value: shortMoney(parity.avg_pnl),
      tone: toneOf(parity.avg_pnl),
      title: 'Net dollars of one contract',
    },
    {
      label: 'Total P&L',
      value: <span data-testid="total-pnl">{shortMoney(parity.total_pnl)}</span>,
      tone: toneOf(parity.total_pnl),
      title: 'One contract a signal, net',
    },
  ]
}

/** What became of the positions: the trades replayed on the underlying, and the same ones on the premium. */
export function ParityFigures({ parity, span }: { parity: Parity; span: string }) {
  return (
    <Panel
      title="Parity"
      definition="The same trades replayed twice under the policy’s stop, target and time stop: on the underlying’s prices, and on the premium repriced along them"
      note={<span className="muted">{span}</span>}
    >
      {[
        {
          title: 'On the underlying',
          stats: parity.parity && onUnderlying(parity.parity),
          rest: parity.parity && unfinished(parity.parity),
        },
        {
          title: 'On the premium',
          stats: parity.parity_premium && onPremium(parity.parity_premium),
          rest: parity.parity_premium && [
            `${parity.parity_premium.timeouts} ended by time`,
            `costs ${shortMoney(parity.parity_premium.costs)}`,
            ...unfinished(parity.parity_premium),
          ],
        },
      ].map(({ title, stats, rest }) => (
        <div key={title} className="stack tight">
          <div className="row">
            <h3>{title}</h3>
            <span className="muted">{rest?.join(' · ')}</span>
          </div>
          {stats === null ? (
            <p className="muted">Not replayed: tick it and build again.</p>
          ) : (
            <Stats label={title} stats={stats} />
          )}
        </div>
      ))}
    </Panel>
  )
}
