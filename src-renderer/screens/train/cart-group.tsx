import { useEffect } from 'react'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { usePages } from '#renderer/api/use-pages.ts'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { formatNumber, formatSignedPercent, humanize } from '#renderer/components/format.ts'
import { GateChip } from '#renderer/components/gate-chip.tsx'
import { GateDrawer, openGate } from '#renderer/components/gate-drawer.tsx'
import { Icon } from '#renderer/components/icon.tsx'
import { type CartItem, cartKey, useCart } from '#renderer/stores/cart.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'

interface CartGroupProps {
  /** All of one model and one profile, at least one. */
  items: readonly CartItem[]
  onGate: (key: string, isFailing: boolean) => void
}

/** The chosen configurations of one model and profile with the gate of the run each came from. */
export function CartGroup({ items, onGate }: CartGroupProps) {
  const first = items[0]
  const board = usePages(
    'getLeaderboard',
    first === undefined
      ? null
      : { query: { model_id: first.model_id, risk_profile: first.lineage.risk_profile } },
  )
  const remove = useCart((cart) => cart.remove)
  const linkTo = useLinkTo()
  const open = useHash().params['gate']
  const rowOf = new Map(board.rows.map((row) => [cartKey(row), row]))
  const verdicts = items
    .map((item) => `${cartKey(item)} ${isFailing(rowOf.get(cartKey(item)), board.loading)}`)
    .join('\n')

  // biome-ignore lint/correctness/useExhaustiveDependencies: verdicts stands for items and their rows
  useEffect(() => {
    for (const item of items) onGate(cartKey(item), isFailing(rowOf.get(cartKey(item)), board.loading))
  }, [verdicts])

  if (first === undefined) return null
  return (
    <section aria-label={`${first.model_id}, ${first.lineage.risk_profile}`}>
      <div className="panel-head">
        <Badge tone="info">{humanize(first.lineage.risk_profile)}</Badge>
        <h3>{first.model_id}</h3>
        {board.rows[0] !== undefined && (
          <DataBadge simulated={board.rows.some(({ simulated }) => simulated)} />
        )}
      </div>
      <ul className="list">
        {items.map((item) => {
          const row = rowOf.get(cartKey(item))
          return (
            <li key={cartKey(item)}>
              {row !== undefined ? (
                <GateChip
                  gate={row.gate}
                  subject={describeConfig(item.config)}
                  onOpen={() => openGate(row.id)}
                />
              ) : (
                <Badge>{board.loading ? 'looking' : 'unknown run'}</Badge>
              )}
              <span className="grow">{describeConfig(item.config)}</span>
              {row !== undefined && (
                <>
                  <span className="muted">Sharpe {formatNumber(row.metrics.sharpe)}</span>
                  <span className="muted">{formatSignedPercent(row.metrics.cum_return)}</span>
                  <a href={linkTo('run', { id: row.id })}>#{row.id}</a>
                </>
              )}
              <Button
                small
                look="quiet"
                aria-label={`Remove ${describeConfig(item.config)}`}
                onClick={() => remove(new Set([cartKey(item)]))}
              >
                <Icon name="close" size={11} />
              </Button>
            </li>
          )
        })}
      </ul>
      {open !== undefined && board.rows.some((row) => row.id === open) && <GateDrawer rows={board.rows} />}
    </section>
  )
}

/** An unknown run needs an override as a failing one does. */
const isFailing = (row: LeaderboardRow | undefined, isLoading: boolean): boolean =>
  row === undefined ? !isLoading : !row.gate.pass
