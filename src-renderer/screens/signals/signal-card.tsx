import type { SignalRow } from '#renderer/api/types.ts'
import { Badge, DataBadge, type Tone } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { formatTime } from '#renderer/components/display-time.ts'
import {
  formatCount,
  formatMoney,
  formatNumber,
  formatPercent,
  formatR,
  formatSignedPercent,
  humanize,
} from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { type Stat, Stats } from '#renderer/components/stats.tsx'
import { formatAge } from '#renderer/components/time.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { setParams } from '#renderer/stores/hash-state.ts'

const SESSION_MINUTES = 390

const stateTones: Record<string, Tone> = { new: 'info', filled: 'info', closed: 'good' }

interface SignalCardProps {
  /** The one on the card. */
  signal: SignalRow
  /** Those of its model, newest first. */
  signals: readonly SignalRow[]
  now: number
}

/** One signal with all that an order needs; `signal_id=` in the link names it, else it is the newest. */
export function SignalCard({ signal, signals, now }: SignalCardProps) {
  const linkTo = useLinkTo()
  const place = signals.findIndex(({ id }) => id === signal.id)
  const show = (to: number) => setParams({ signal_id: to === 0 ? undefined : String(signals[to]?.id) })
  const own = { model_id: signal.model_id, profile: signal.risk_profile }
  return (
    <Panel
      flush
      title={
        place === 0 ? 'Newest signal' : `Signal ${formatCount(place + 1)} of ${formatCount(signals.length)}`
      }
      note={
        <>
          <Badge>{signal.ticker}</Badge>
          <DataBadge simulated={signal.simulated} />
          <span className="muted">
            {signal.model_id} as {signal.risk_profile}, {formatTime(signal.ts)}
          </span>
        </>
      }
      actions={
        <>
          <Button small disabled={place >= signals.length - 1} onClick={() => show(place + 1)}>
            Earlier
          </Button>
          <Button small disabled={place <= 0} onClick={() => show(place - 1)}>
            Later
          </Button>
          <a
            className="button small"
            href={linkTo('policy', { ...own, signal_id: String(signal.id) })}
            data-testid="explain-signal"
          >
            Explain
          </a>
        </>
      }
    >
      <div data-testid="signal-card" data-id={signal.id} data-score={signal.score_total}>
        <Stats label="Signal" stats={[...orderStats(signal), ...stateStats(signal, now)]} />
      </div>
    </Panel>
  )
}

function orderStats(signal: SignalRow): Stat[] {
  const { side, score_total, threshold, entry_ref_px, stop_px, target_px, size, size_r } = signal
  const isBuy = side === 'buy'
  const away = (price: number) => formatSignedPercent(price / entry_ref_px - 1, 2)
  return [
    { label: 'Side', value: isBuy ? 'Buy' : 'Sell', tone: isBuy ? 'gain' : 'loss' },
    {
      label: `P(${isBuy ? 'up' : 'down'}), needs ${formatPercent(threshold)}`,
      value: formatPercent(isBuy ? score_total : 1 - score_total),
      title: `Directional probability P(UP) / (P(UP) + P(DOWN)) is ${formatNumber(score_total, 4)}; its side needs ${formatNumber(threshold, 4)}`,
    },
    {
      label: 'Entry reference',
      value: formatMoney(entry_ref_px),
      title: 'Close of the row it was decided on',
    },
    { label: `Stop, ${away(stop_px)}`, value: formatMoney(stop_px), tone: 'loss' },
    { label: `Target, ${away(target_px)}`, value: formatMoney(target_px), tone: 'gain' },
    timeStop(signal),
    {
      label: size === 1 ? 'Size' : `Size, ${formatPercent(size, 0)} of full`,
      value: formatR(size * size_r),
      title: `Risk units of the profile, ${formatR(size_r)} for a full position`,
    },
  ]
}

function timeStop({ time_stop_minutes: minutes, time_stop_ts: at }: SignalRow): Stat {
  const title = `${formatCount(minutes)} minutes of trading after entry, until ${formatTime(at)}`
  if (minutes === 0) return { label: 'Time stop', value: 'next open', title }
  const isWhole = minutes % SESSION_MINUTES === 0
  return {
    label: isWhole ? 'Time stop, sessions' : 'Time stop, minutes',
    value: formatCount(isWhole ? minutes / SESSION_MINUTES : minutes),
    title,
  }
}

function stateStats(signal: SignalRow, now: number): Stat[] {
  const { status, fill_px, pnl, slippage, time_stop_ts, ts } = signal
  const isOver = time_stop_ts !== null && Date.parse(time_stop_ts) < now
  return [
    ...(fill_px === null
      ? []
      : [
          {
            label: slippage === null ? 'Filled' : `Filled, ${formatMoney(slippage)} off`,
            value: formatMoney(fill_px),
          },
        ]),
    ...(pnl === null
      ? []
      : [
          {
            label: 'Result of capital',
            value: formatSignedPercent(pnl, 2),
            tone: pnl < 0 ? ('loss' as const) : ('gain' as const),
          },
        ]),
    {
      label: status === 'new' ? 'State, no fill yet' : 'State',
      value: <Badge tone={stateTones[status] ?? 'plain'}>{humanize(status)}</Badge>,
    },
    {
      label: isOver ? 'Age, time stop passed' : 'Age',
      value: formatAge((now - Date.parse(ts)) / 1000),
      title: `Decided ${formatTime(ts)}; the time stop is at ${formatTime(time_stop_ts)}`,
    },
  ]
}
