import { Fragment } from 'react'
import { Badge, type Tone } from '#renderer/components/badge.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatNumber, humanize, MISSING } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'

type Explained = ReplyOf<'explainRow'>
type Step = Explained['steps'][number]

const tones: Record<Step['effect'], Tone> = { passes: 'good', stops: 'bad', sets: 'info' }
const show = (value: Step['value']): string =>
  value === null
    ? MISSING
    : typeof value === 'string'
      ? value
      : formatNumber(value, Number.isInteger(value) ? 0 : 4)

function placeOf({ from, source }: Step): string {
  if (source === null) return from === 'what_if' ? 'tried here' : from
  const line = source.line === null ? 'default of' : `${source.path}:${source.line}`
  return `${from === 'what_if' ? 'tried here, ' : ''}${line} ${source.key}`
}

/** Folders of a path may stand on lines of their own. */
const Breakable = ({ text }: { text: string }) =>
  text.split('/').map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
    <Fragment key={i}>
      {i > 0 && (
        <>
          /<wbr />
        </>
      )}
      {part}
    </Fragment>
  ))

const titleOf = (id: string): string => (id === 'atr' ? 'ATR' : humanize(id))

const columns: TableColumn<Step>[] = [
  { title: 'Step', cell: ({ id }) => titleOf(id) },
  { title: 'Rule', cell: ({ rule, note }) => (note === null ? rule : `${rule} (${note})`), wrap: true },
  { title: 'Value', cell: ({ value }) => show(value), wrap: true },
  { title: 'Limit or setting', cell: ({ limit }) => show(limit) },
  { title: 'Effect', cell: ({ effect }) => <Badge tone={tones[effect]}>{effect}</Badge> },
  { title: 'Where it stands', cell: (step) => <Breakable text={placeOf(step)} />, wrap: true },
]

/** Every rule between the score and the order, and where it ends. */
export function DecisionPath({ explained }: { explained: Explained }) {
  const { outcome, ticker, ts, steps } = explained
  return (
    <Panel
      title="Decision path"
      note={
        <Badge tone={outcome.trade ? 'good' : 'plain'}>
          {ticker} {formatTime(ts)} {zoneName()}
        </Badge>
      }
    >
      <p data-testid="decision-outcome" className={outcome.trade ? 'gain' : undefined}>
        <strong>{outcome.reason.charAt(0).toUpperCase() + outcome.reason.slice(1)}</strong>
      </p>
      <Table label="Steps from score to order" columns={columns} rows={steps} rowKey={({ id }) => id} />
    </Panel>
  )
}
