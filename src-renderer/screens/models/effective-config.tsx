import { Badge } from '#renderer/components/badge.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { ColumnChips } from './column-chips.tsx'

interface EffectiveConfigProps {
  checked: ReplyOf<'checkModelConfig'>
  packId: string
}

/** What the file means once pack and catalogues have completed it, and whether a matrix can be built from it. */
export function EffectiveConfig({ checked, packId }: EffectiveConfigProps) {
  const { effective, columns, buildable, reason } = checked
  const linkTo = useLinkTo()
  if (effective === null) {
    return (
      <Panel title="What it means">
        <p className="muted">Nothing until the mistakes are mended.</p>
      </Panel>
    )
  }
  const { indicator_set: set, train_window: window, features } = effective
  return (
    <Panel
      title="What it means"
      note={
        buildable ? (
          <Badge tone="good">can be built</Badge>
        ) : (
          <Badge tone="warn" title={reason ?? ''}>
            cannot be built yet
          </Badge>
        )
      }
    >
      {reason !== null && <p>{reason.charAt(0).toUpperCase() + reason.slice(1)}.</p>}
      <dl className="pairs" data-testid="effective-config">
        <dt>Trades</dt>
        <dd>
          {effective.asset_type === 'opt' ? 'options on' : 'shares of'} {effective.ticker ?? 'any ticker'},{' '}
          {effective.horizon}, {effective.cadence} bars
        </dd>
        <dt>Learns</dt>
        <dd>
          {effective.label} with {effective.algorithm}
        </dd>
        <dt>Window</dt>
        <dd>{window === null ? 'all data there is' : `${window.start} to ${window.end}`}</dd>
        <dt>Indicators</dt>
        <dd>
          {set === null ? 'no set' : <a href={linkTo('models', { tab: 'sets', pack: packId, set })}>{set}</a>}
          , {formatPlural(columns.length, 'column')}
        </dd>
        <dt>Trained on</dt>
        <dd>{features === null ? 'every column' : features.join(', ')}</dd>
      </dl>
      <ColumnChips columns={columns} />
    </Panel>
  )
}
