import { Badge, type Tone } from '#renderer/components/badge.tsx'
import { definitionOf } from '#renderer/components/definition.ts'
import { formatCount, formatNumber, formatPercent, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { Tip } from '#renderer/components/tip.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import { Drift } from '#shared/contract/drift.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { type DriftRow, driftRows, summarizeDrift } from './drift-rows.ts'

const index = Drift.properties.score.properties

const levels: Record<DriftRow['level'], { tone: Tone; text: string }> = {
  stable: { tone: 'good', text: 'as usual' },
  moderate: { tone: 'warn', text: 'moved' },
  large: { tone: 'bad', text: 'far off' },
  unknown: { tone: 'plain', text: 'unknown' },
}

/** How far the rows that were scored live stand from those of the newest backtest: the score first, then features. */
export function DriftPanel({ performance }: { performance: ReplyOf<'getModelPerformance'> }) {
  const linkTo = useLinkTo()
  const { live, backtest } = performance
  const { drift, least } = live
  const rows = driftRows(drift)
  const { level, text } = summarizeDrift(rows)
  const isKnown = level !== 'unknown'
  return (
    <Panel
      title="Drift"
      flush
      definition={definitionOf(index.psi)}
      note={
        <>
          {isKnown && (
            <span data-testid="drift-verdict" data-level={level}>
              <Badge tone={levels[level].tone}>{text}</Badge>
            </span>
          )}
          <span className="muted">{formatPlural(drift.rows, 'live row')}</span>
        </>
      }
    >
      {isKnown ? (
        <Table
          label="Drift of score and features"
          rows={rows}
          rowKey={({ name }) => name}
          maxHeight={430}
          columns={[
            { title: 'Column', cell: ({ name, isScore }) => (isScore ? <strong>{name}</strong> : name) },
            {
              id: 'psi',
              title: <Tip text={definitionOf(index.psi)}>PSI</Tip>,
              numeric: true,
              cell: ({ psi }) => formatNumber(psi, 3),
            },
            {
              id: 'usual',
              title: <Tip text={definitionOf(index.usual)}>Usual, at most</Tip>,
              numeric: true,
              cell: ({ usual }) => formatNumber(usual, 3),
            },
            {
              id: 'level',
              title: <Tip text={definitionOf(index.level)}>Verdict</Tip>,
              cell: (row) => <Badge tone={levels[row.level].tone}>{levels[row.level].text}</Badge>,
            },
            {
              title: 'Missing',
              numeric: true,
              cell: ({ missing }) => missing !== null && missingText(missing),
            },
          ]}
        />
      ) : backtest === null ? (
        <EmptyState
          title="Drift needs a backtest"
          action={
            <a className="button" href={linkTo('sweeps')}>
              Run a sweep
            </a>
          }
        >
          Live rows are held against those that the newest backtest tested.
        </EmptyState>
      ) : (
        <EmptyState title={`Not enough live rows yet (${formatCount(drift.rows)} of ${formatCount(least)})`}>
          Score the model on newer rows: each row that it decides on counts, with or without a signal.
        </EmptyState>
      )}
    </Panel>
  )
}

const missingText = ({ backtest, live }: NonNullable<DriftRow['missing']>): string =>
  backtest === 0 && live === 0 ? 'none' : `${formatPercent(backtest)} → ${formatPercent(live)}`
