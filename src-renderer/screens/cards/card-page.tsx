import type { ReactNode } from 'react'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { describeValue } from '#renderer/components/describe-value.ts'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatBps, formatCount, humanize, MISSING } from '#renderer/components/format.ts'
import { GateChecks } from '#renderer/components/gate-checks.tsx'
import { reasonText } from '#renderer/components/gate-format.ts'
import { Sha } from '#renderer/components/sha.tsx'
import { formatDay } from '#renderer/components/time.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { CardFigures } from './card-figures.tsx'
import { CardFolds } from './card-folds.tsx'
import { type Card, readCard } from './read-card.ts'

/** One card as a page: what was done, on what, how it came out, and what to keep in mind. */
export function CardPage({ reply }: { reply: ReplyOf<'getModelCard'> }) {
  const card = readCard(reply)
  return (
    <article className="card-page" data-testid="card-page">
      <header className="row">
        <h2>
          {humanize(card.event)} of {card.model_id}
        </h2>
        <Badge>{card.pack_id}</Badge>
        <DataBadge simulated={card.simulated} />
        {card.gate !== null && (
          <Badge tone={card.gate.pass ? 'good' : 'bad'}>
            {card.gate.pass ? 'passes its gate' : 'fails its gate'}
          </Badge>
        )}
        <span className="spacer" />
        <span className="muted">
          {formatTime(card.created_at)} {zoneName()}
        </span>
      </header>
      <Notes title="Risks" notes={card.risks} tone="warn" />
      <Notes title="Warnings" notes={card.warnings} tone="warn" />
      <DataPart card={card} />
      <Part title="Figures">
        <CardFigures metrics={card.metrics} />
      </Part>
      {card.folds.length > 0 && (
        <Part title="Folds">
          <CardFolds folds={card.folds} />
        </Part>
      )}
      {card.checks.length > 0 && (
        <Part title="Gate">
          {card.gate !== null && !card.gate.pass && (
            <p className="loss">{card.gate.reasons.map(reasonText).join(', ')}</p>
          )}
          <GateChecks checks={card.checks} />
        </Part>
      )}
      <Notes title="Assumptions" notes={card.assumptions} />
      <Part title="What was asked">
        <Pairs values={card.params} />
      </Part>
      <Part title="Lineage">
        <Pairs values={card.lineage} />
      </Part>
    </article>
  )
}

function DataPart({ card }: { card: Card }) {
  const facts: { name: string; value: ReactNode }[] = [
    { name: 'Series', value: [card.ticker, card.cadence].filter(Boolean).join(', ') || MISSING },
    { name: 'Window', value: `${formatDay(card.start)} – ${formatDay(card.end)}` },
    { name: 'Rows', value: formatCount(card.rows) },
    { name: 'Features', value: formatCount(card.features) },
    { name: 'Label', value: <code>{card.label ?? MISSING}</code> },
    { name: 'Fills', value: card.fill === null ? MISSING : humanize(card.fill) },
    { name: 'Costs', value: card.slippageBps === null ? MISSING : `${formatBps(card.slippageBps)} a side` },
    ...(card.artifact === null ? [] : [{ name: 'Model file', value: <code>{card.artifact}</code> }]),
  ]
  return (
    <Part title="Data">
      <dl className="pairs">
        {facts.map(({ name, value }) => (
          <div key={name} className="pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {card.sources.map((source) => (
          <div key={source.id} className="pair">
            <dt>Source</dt>
            <dd className="row">
              <code>{source.id}</code> <DataBadge simulated={source.simulated} />
              <Sha label={`sha of ${source.id}`} sha={source.content_sha} />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="stack tight" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Notes({ title, notes, tone }: { title: string; notes: readonly string[]; tone?: 'warn' }) {
  if (notes.length === 0) return null
  return (
    <Part title={title}>
      <ul className={tone === undefined ? 'notes' : 'notes tone-warn'}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Part>
  )
}

/** Whatever was asked, name by name; shas are short. */
function Pairs({ values }: { values: Record<string, unknown> }) {
  const known = Object.entries(values).filter(([, value]) => value !== null && value !== undefined)
  if (known.length === 0) return <p className="muted">Nothing beyond the defaults</p>
  return (
    <dl className="pairs">
      {known.map(([name, value]) => (
        <div key={name} className="pair">
          <dt>{humanize(name)}</dt>
          <dd>
            {typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? (
              <Sha label={humanize(name)} sha={value} />
            ) : (
              describeValue(value)
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
