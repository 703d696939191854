import { useEffect, useRef } from 'react'
import type { OptionPayoff } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { DrawnPlot } from '#renderer/charts/drawn-plot.tsx'
import { payoffPlot } from '#renderer/charts/payoff-plot.ts'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatMoney, formatPercent } from '#renderer/components/format.ts'
import { Icon } from '#renderer/components/icon.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import { setParams } from '#renderer/stores/hash-state.ts'
import { LegTable } from './leg-table.tsx'
import { contractName } from './position-columns.tsx'
import { shortMoney } from './short-money.ts'
import { WalkTable } from './walk-table.tsx'

const close = () => setParams({ position: undefined })

/** One position, named by the link (`position=`): what it costs and may bring, its payoff, its legs, and how its replays ended. */
export function PositionDetail({ id }: { id: string }) {
  const input = { params: { id } }
  const query = useQuery('getOptionPayoff', input)
  const row = query.data?.row
  const box = useRef<HTMLElement>(null)
  const isLoaded = row !== undefined
  useEffect(() => {
    if (!isLoaded) return
    box.current?.scrollIntoView({ block: 'start' })
    // Whoever opened it from the grid reads on here, and goes on there; a link that is opened leaves the focus alone.
    const before = document.activeElement?.closest<HTMLElement>('[role=gridcell], [role=gridcell] *')
    if (before == null) return
    box.current?.focus({ preventScroll: true })
    return () => {
      if (before.isConnected) before.focus()
    }
  }, [isLoaded])
  return (
    <section ref={box} tabIndex={-1} aria-label="Position" data-testid="position-detail">
      <Panel
        title={row === undefined ? `Position ${id}` : `${row.ticker} ${row.expiry} ${contractName(row)}`}
        note={
          row !== undefined && (
            <>
              <Badge tone="info">{row.mode}</Badge>
              <DataBadge simulated={row.simulated} />
              <span className="muted">
                {row.risk_profile}, {row.signal_side} signal of {formatTime(row.ts)}
              </span>
            </>
          )
        }
        actions={
          <>
            <CopyRequest operationId="getOptionPayoff" input={input} />
            <Button small look="quiet" iconOnly aria-label="Close position" onClick={close}>
              <Icon name="close" size={12} />
            </Button>
          </>
        }
      >
        <QueryView query={query} lines={8}>
          {(payoff) => <Payoff payoff={payoff} />}
        </QueryView>
      </Panel>
    </section>
  )
}

function Payoff({ payoff }: { payoff: OptionPayoff }) {
  const { row } = payoff
  const contract = (perShare: number | null) => (perShare === null ? 'no limit' : shortMoney(100 * perShare))
  const share = (perShare: number | null, what: string) =>
    perShare === null ? what : `${what}; ${formatMoney(perShare)} a share`
  return (
    <>
      <Stats
        label="Figures of the position"
        stats={[
          {
            label: 'Break-even',
            value: <span data-testid="break-even">{formatMoney(row.break_even)}</span>,
            title: 'Price of the underlying at expiry from which the position is worth more than it cost',
          },
          {
            label: 'Max loss',
            value: <span data-testid="max-loss">{contract(row.max_loss)}</span>,
            tone: 'loss',
            title: share(row.max_loss, 'The premium paid, the ask of one contract'),
          },
          {
            label: 'Max gain',
            value: <span data-testid="max-gain">{contract(row.max_profit)}</span>,
            tone: 'gain',
            title: share(row.max_profit, 'At expiry, of one contract'),
          },
          {
            label: 'P(profit)',
            value: <span data-testid="profit-probability">{formatPercent(row.profit_probability)}</span>,
            title: `Risk-neutral, lognormal: volatility ${formatPercent(payoff.volatility)} of the bought leg, rate ${formatPercent(payoff.rate)}, yield ${formatPercent(payoff.dividend_yield)}`,
          },
          {
            label: 'Stop value',
            value: contract(row.stop_premium),
            title: `At ${formatMoney(row.underlying_stop_px)} when the time stop falls`,
          },
          {
            label: 'Target value',
            value: contract(row.target_premium),
            title: `At ${formatMoney(row.underlying_target_px)} when the time stop falls`,
          },
        ]}
      />
      <DrawnPlot draw={payoffPlot} of={payoff} />
      <LegTable payoff={payoff} />
      <WalkTable row={row} />
      <p className="muted">
        Chosen from the snapshot of {formatTime(row.snapshot_ts)} {zoneName()} at{' '}
        {formatMoney(row.underlying_px)}, source <code>{String(row.lineage['chain_source'])}</code>; expires{' '}
        {formatTime(payoff.expires_at)}. Chances are those of the pricing measure at{' '}
        {formatPercent(payoff.volatility)} volatility, {formatPercent(payoff.rate)} rate and{' '}
        {formatPercent(payoff.dividend_yield)} yield; they are no forecast of the model.
      </p>
    </>
  )
}
