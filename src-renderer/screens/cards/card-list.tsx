import { Badge, type Tone } from '#renderer/components/badge.tsx'
import { formatTime } from '#renderer/components/display-time.ts'
import { formatPlural, humanize } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { formatHash, useHash } from '#renderer/stores/hash-state.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

type CardRow = ReplyOf<'listModelCards'>['cards'][number]

const tones: Record<string, Tone> = { build: 'plain', backtest: 'info', sweep: 'info', train: 'good' }

/** The cards of a model, newest first. */
export function CardList({
  cards,
  total,
  current,
}: {
  cards: readonly CardRow[]
  total: number
  current: string | undefined
}) {
  const { screen, params } = useHash()
  return (
    <Panel
      title="Cards"
      flush
      note={
        <span className="muted">
          {cards.length < total ? `the newest ${cards.length} of ${total}` : formatPlural(total, 'card')}
        </span>
      }
    >
      <ul className="list scroll" aria-label="Model cards">
        {cards.map((card) => (
          <li key={card.file} className={card.file === current ? 'current' : ''}>
            <a
              className="grow"
              data-testid="open-card"
              href={formatHash(screen, { ...params, file: card.file })}
              aria-current={card.file === current ? 'true' : undefined}
            >
              {formatTime(card.created_at)}
            </a>
            <Badge tone={tones[card.event] ?? 'plain'}>{humanize(card.event)}</Badge>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
