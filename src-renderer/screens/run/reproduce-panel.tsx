import { useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { formatNumber, humanize, MISSING, shortSha } from '#renderer/components/format.ts'
import { metricTitle } from '#renderer/components/metric-catalog.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { isLive, ProgressBar } from '#renderer/components/progress-bar.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { formatDuration } from '#renderer/components/time.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

type Reproduction = ReplyOf<'reproduceBacktestRun'>

/** Runs a run again from its lineage, and says whether every byte is the same or what is not. */
export function ReproducePanel({ id }: { id: string }) {
  const again = useAction('reproduceBacktestRun')
  const [result, setResult] = useState<Reproduction>()
  const run = async () => {
    setResult(undefined)
    setResult(await again.run({ params: { id } }))
  }
  return (
    <Panel
      title="Reproduce"
      definition="The run is repeated as it was planned, on a matrix built anew from the data as it is now, without any kept score; then every byte of the result is compared"
      actions={
        <Button
          small
          look="primary"
          data-testid="reproduce"
          disabled={again.pending}
          onClick={() => void run()}
        >
          {again.pending ? 'Running again…' : 'Run it again'}
        </Button>
      }
    >
      {again.pending && <Progress id={id} />}
      <ErrorLine error={again.error} />
      {result !== undefined && <Verdict result={result} />}
      {result === undefined && !again.pending && again.error === undefined && (
        <p className="muted">
          Says whether this run can be had again from what is here: byte for byte, or which data, model,
          policy or budget has changed since.
        </p>
      )}
    </Panel>
  )
}

function Progress({ id }: { id: string }) {
  const rows = useQuery('listJobs', { query: { limit: 20 } }).data?.rows ?? []
  const job = rows.find(
    (each) => isLive(each) && each.kind === 'reproduce' && each.subject['backtest_run_id'] === id,
  )
  const { done, total, note } = job?.progress ?? { done: 0, total: 0, note: null }
  return (
    <div className="stack tight" role="status">
      <span className="muted">{job === undefined ? 'waiting for its turn' : (note ?? 'running')}</span>
      <ProgressBar label="Running it again" done={done} total={total} />
    </div>
  )
}

const shaNames = {
  matrix_sha: 'Matrix',
  config_sha: 'Configuration',
  policy_sha: 'Policy',
  risk_sha: 'Risk budget',
  detail_sha: 'Result',
} as const

function Verdict({ result }: { result: Reproduction }) {
  const shas = Object.entries(shaNames).map(([key, title]) => ({
    title,
    ...result[key as keyof typeof shaNames],
  }))
  const sources = result.sources.map(({ id, stored, now }) => ({ title: id, stored, now }))
  const show = (sha: string | null) => (sha === null ? MISSING : <code title={sha}>{shortSha(sha)}</code>)
  return (
    <div className="stack" data-testid="reproduction" data-equal={result.equal}>
      <p>
        <Badge tone={result.equal ? 'good' : 'bad'}>
          {result.equal ? 'equal, byte for byte' : 'not equal'}
        </Badge>{' '}
        {result.equal
          ? `Equity, trades, folds and every figure came out the same in ${formatDuration(result.seconds)}.`
          : result.changed.length === 0
            ? 'No input has changed, and yet the result has: the engine is another.'
            : `Changed since: ${result.changed.map((name) => (shaNames[name as keyof typeof shaNames] ?? humanize(name)).toLowerCase()).join(', ')}.`}
      </p>
      {result.equal && result.changed.length > 0 && (
        <p className="muted">
          The run itself stands. What a run started today would use differs in:{' '}
          {result.changed
            .map((name) => (shaNames[name as keyof typeof shaNames] ?? humanize(name)).toLowerCase())
            .join(', ')}
          .
        </p>
      )}
      {result.notes.map((note) => (
        <p key={note} className="loss">
          {note}
        </p>
      ))}
      <Table
        label="Shas then and now"
        rows={[...shas, ...sources]}
        rowKey={({ title }) => title}
        columns={[
          { title: 'What', cell: ({ title }) => title, wrap: true },
          { title: 'Then', cell: ({ stored }) => show(stored) },
          { title: 'Now', cell: ({ now }) => show(now) },
          {
            title: 'Verdict',
            cell: ({ stored, now }) => (
              <Badge tone={stored === now ? 'good' : 'bad'}>{stored === now ? 'same' : 'changed'}</Badge>
            ),
          },
        ]}
      />
      {result.metrics.length > 0 && (
        <Table
          label="Figures that differ"
          rows={result.metrics}
          rowKey={({ name }) => name}
          columns={[
            { title: 'Figure', cell: ({ name }) => metricTitle(name as Parameters<typeof metricTitle>[0]) },
            { title: 'Then', numeric: true, cell: ({ stored }) => formatNumber(stored, 6) },
            { title: 'Now', numeric: true, cell: ({ now }) => formatNumber(now, 6) },
          ]}
        />
      )}
    </div>
  )
}
