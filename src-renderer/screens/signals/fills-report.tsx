import { formatTime } from '#renderer/components/display-time.ts'
import { formatCount, formatPlural } from '#renderer/components/format.ts'
import { Stats } from '#renderer/components/stats.tsx'
import { Table } from '#renderer/components/table.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { SigmaError } from '#shared/errors.ts'

interface LineProblem {
  line: number
  message: string
}

/** Lines that the host could not read, as its refusal names them. */
export function problemsOf(error: SigmaError | undefined): LineProblem[] {
  const problems: unknown = error?.details?.['problems']
  return Array.isArray(problems) ? (problems as LineProblem[]) : []
}

/** What an import would do, before it does it. */
export function FillsReport({ report }: { report: ReplyOf<'importSignals'> }) {
  const { count, updated, unknown } = report
  return (
    <div className="stack" data-testid="fills-report" data-updated={updated} data-unknown={unknown.length}>
      <Stats
        label="What the rows hold"
        stats={[
          { label: 'Rows read', value: formatCount(count) },
          {
            label: 'Signals they tell of',
            value: formatCount(updated),
            tone: updated > 0 ? 'gain' : undefined,
          },
          {
            label: 'Of no known signal',
            value: formatCount(unknown.length),
            tone: unknown.length > 0 ? 'loss' : undefined,
          },
        ]}
      />
      {unknown.length > 0 && (
        <Table
          label="Rows of no known signal"
          rows={unknown}
          rowKey={({ line }) => line}
          maxHeight={180}
          columns={[
            { title: 'Line', cell: ({ line }) => formatCount(line) },
            { title: 'Decided', cell: ({ ts }) => formatTime(ts) },
            { title: 'Model', cell: ({ model_id }) => model_id },
            { title: 'Profile', cell: ({ risk_profile }) => risk_profile },
            { title: 'Ticker', cell: ({ ticker }) => ticker },
          ]}
        />
      )}
    </div>
  )
}

interface BadLinesProps {
  error: SigmaError | undefined
  problems: readonly LineProblem[]
  text: string
}

/** Every line that cannot be read, with what it says; nothing is imported while there is one. */
export function BadLines({ error, problems, text }: BadLinesProps) {
  const lines = text.split('\n')
  const more = /\(and (\d+) more\)/.exec(error?.message ?? '')?.[1]
  const count = 1 + Number(more ?? 0)
  return (
    <div className="stack tight" role="alert" data-testid="bad-fills">
      <p className="banner tone-bad">
        <span className="grow">
          {formatPlural(count, 'line')} cannot be read; nothing was imported. Mend them above, then check
          again.
        </span>
      </p>
      <Table
        label="Lines that cannot be read"
        rows={problems}
        rowKey={({ line }) => line}
        maxHeight={180}
        columns={[
          { title: 'Line', cell: ({ line }) => formatCount(line) },
          { title: 'What is wrong', wrap: true, cell: ({ message }) => message },
          { title: 'It says', cell: ({ line }) => <code>{lines[line - 1]}</code> },
        ]}
      />
    </div>
  )
}
