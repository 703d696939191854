import type { ReactNode } from 'react'
import { Badge } from '#renderer/components/badge.tsx'
import { definitionOf } from '#renderer/components/definition.ts'
import { formatBps, formatCount, formatMoney, formatPercent, MISSING } from '#renderer/components/format.ts'
import { formatMetric, metricDefinition, metricTitle } from '#renderer/components/metric-catalog.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { formatAge } from '#renderer/components/time.ts'
import { Tip } from '#renderer/components/tip.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { LiveMetrics } from '#shared/contract/signals.ts'

type Performance = ReplyOf<'getModelPerformance'>

/** Figures that a backtest and live trades both have. */
const shared = ['win_rate', 'expectancy', 'sharpe', 'sortino', 'cum_return', 'max_dd'] as const
type Shared = (typeof shared)[number] | 'trades'
/** How long either lasted decides these, so that their difference says nothing. */
const ofLength = new Set<Shared>(['trades', 'cum_return'])

const liveOnly = ['fill_rate', 'avg_slippage', 'coverage_pct', 'freshness_sec', 'capacity'] as const
type LiveOnly = (typeof liveOnly)[number]
const liveTitles: Record<LiveOnly, string> = {
  fill_rate: 'Orders filled',
  avg_slippage: 'Slippage',
  coverage_pct: 'Bars with a signal',
  freshness_sec: 'Age of the newest',
  capacity: 'Capacity',
}

interface LiveFiguresProps {
  performance: Performance
  /** Options slip in dollars, shares in basis points. */
  isOption: boolean
  actions: ReactNode
}

/** Live figures beside those of the newest backtest; while there are too few trades to tell, none of them. */
export function LiveFigures({ performance, isOption, actions }: LiveFiguresProps) {
  const linkTo = useLinkTo()
  const { live, backtest, risk_profile } = performance
  const { metrics, least } = live
  const isEnough = metrics.trades >= least
  const liveOf = (name: Shared) => (name === 'trades' || isEnough ? metrics[name] : null)
  const columns: TableColumn<Shared>[] = [
    {
      title: 'Figure',
      cell: (name) => (
        <Tip
          text={`Backtest: ${metricDefinition(name)}. Live: ${definitionOf(LiveMetrics.properties[name])}.`}
        >
          {metricTitle(name)}
        </Tip>
      ),
    },
    {
      title: 'Live',
      numeric: true,
      cell: (name) => <span data-testid={`live-${name}`}>{formatMetric(name, liveOf(name))}</span>,
    },
    {
      title: 'Backtest',
      numeric: true,
      cell: (name) => (
        <span data-testid={`backtest-${name}`}>{formatMetric(name, backtest?.metrics[name])}</span>
      ),
    },
    {
      title: 'Difference',
      numeric: true,
      cell: (name) => difference(name, liveOf(name), backtest?.metrics[name]),
    },
  ]
  return (
    <Panel
      title="Live against backtest"
      note={
        backtest === null ? null : (
          <span className="muted">
            <a href={linkTo('run', { id: backtest.backtest_run_id })}>run {backtest.backtest_run_id}</a>
            {backtest.risk_profile === risk_profile ? '' : ` of ${backtest.risk_profile}`}
          </span>
        )
      }
    >
      {backtest === null && (
        <p className="banner tone-info">
          <span className="grow">There is no backtest of this model to hold live trades against.</span>
          <a className="button small" href={linkTo('sweeps')}>
            Run a sweep
          </a>
        </p>
      )}
      {!isEnough && (
        <p className="banner tone-info" data-testid="too-few-fills">
          <span className="grow">
            Not enough live fills yet ({formatCount(metrics.trades)} of {formatCount(least)} closed trades):
            so few tell more of luck than of the model.
          </span>
        </p>
      )}
      <Table
        label="Live and backtest figures"
        columns={columns}
        rows={['trades', ...shared]}
        rowKey={(name) => name}
      />
      <Table<LiveOnly>
        label="Figures of live orders"
        columns={[
          {
            title: 'Of orders and signals',
            cell: (name) => <Tip text={definitionOf(LiveMetrics.properties[name])}>{liveTitles[name]}</Tip>,
          },
          { title: 'Live', numeric: true, cell: (name) => orderFigure(name, metrics, isOption) },
        ]}
        rows={liveOnly}
        rowKey={(name) => name}
      />
      <div className="row">{actions}</div>
    </Panel>
  )
}

function difference(name: Shared, live: number | null, backtest: number | null | undefined): ReactNode {
  if (live === null || backtest == null || ofLength.has(name)) return MISSING
  const apart = live - backtest
  const isBetter = name === 'max_dd' ? apart < 0 : apart > 0
  const text = formatMetric(name, apart)
  return (
    <span className={apart === 0 ? undefined : isBetter ? 'gain' : 'loss'}>
      {apart > 0 && !text.startsWith('+') ? `+${text}` : text}
    </span>
  )
}

function orderFigure(name: LiveOnly, metrics: LiveMetrics, isOption: boolean): ReactNode {
  const value = metrics[name]
  switch (name) {
    case 'avg_slippage':
      return isOption ? formatMoney(value) : formatBps(value)
    case 'freshness_sec':
      return formatAge(value)
    case 'capacity':
      return (
        <>
          {formatMoney(value, 0)}{' '}
          {metrics.capacity_label !== null && <Badge>{metrics.capacity_label.toLowerCase()}</Badge>}
        </>
      )
    default:
      return formatPercent(value)
  }
}
