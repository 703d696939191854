import { useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { SelectField, TextField } from '#renderer/components/field.tsx'
import { formatCount, formatNumber, formatPercent, humanize } from '#renderer/components/format.ts'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { calibrationMetrics } from '#shared/contract/calibration.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { CalibrationPanel } from './calibration-panel.tsx'
import { readWish } from './read-wish.ts'

type Reply = ReplyOf<'calibrateThresholds'>
type Performance = NonNullable<Reply['performance']>[number]
type Metric = (typeof calibrationMetrics)[number]

interface ThresholdCalibrationProps {
  modelId: string
  /** Puts a threshold into the settings that are tried; absent while there is nothing to try them on. */
  onTry: ((threshold: number) => void) | undefined
}

const counted: TableColumn<Reply['counts'][number]>[] = [
  { title: 'Threshold', cell: ({ threshold }) => formatNumber(threshold, 3) },
  { title: 'Rows that reach it', numeric: true, cell: ({ count }) => formatCount(count) },
]
const judged: TableColumn<Performance>[] = [
  { title: 'Threshold', cell: ({ threshold }) => formatNumber(threshold, 3) },
  { title: 'Trades', numeric: true, cell: ({ trades }) => formatCount(trades) },
  { title: 'Sharpe', numeric: true, cell: ({ sharpe }) => formatNumber(sharpe) },
  { title: 'Return', numeric: true, cell: ({ cum_ret }) => formatPercent(cum_ret) },
  { title: 'Win rate', numeric: true, cell: ({ win_rate }) => formatPercent(win_rate) },
  { title: 'Drawdown', numeric: true, cell: ({ max_dd }) => formatPercent(max_dd) },
]

/** The threshold for a wanted number of trades, or the best one out of fold. */
export function ThresholdCalibration({ modelId, onTry }: ThresholdCalibrationProps) {
  const [wanted, setWanted] = useState('50')
  const [metric, setMetric] = useState<Metric | ''>('')
  const [found, setFound] = useState<Reply>()
  const calibrate = useAction('calibrateThresholds')
  const { value: topN, problem } = readWish(wanted, { least: 1, isWhole: true })
  const body = {
    model_id: modelId,
    ...(topN === null ? {} : { top_n: topN }),
    ...(metric === '' ? {} : { metric }),
  }
  const run = async () => setFound((await calibrate.run({ body })) ?? found)
  return (
    <CalibrationPanel
      title="Calibrate the threshold"
      definition="By count: the threshold that so many rows reach. By a figure: the one with the best figure out of fold, which is a choice on test data"
      testId="calibrate-threshold"
      fields={
        <>
          <TextField
            label="Trades wanted"
            inputMode="numeric"
            value={wanted}
            problem={problem}
            onChange={(event) => setWanted(event.target.value)}
          />
          <SelectField
            label="Or the best"
            value={metric}
            onChange={(event) => setMetric(event.target.value as Metric | '')}
          >
            <option value="">count alone</option>
            {calibrationMetrics.map((name) => (
              <option key={name} value={name}>
                {humanize(name)}
              </option>
            ))}
          </SelectField>
        </>
      }
      canRun={problem === undefined}
      pending={calibrate.pending}
      error={calibrate.error}
      warnings={found?.warnings ?? []}
      onRun={() => void run()}
      request={<CopyRequest operationId="calibrateThresholds" input={{ body }} />}
    >
      {found !== undefined && <Found found={found} onTry={onTry} />}
    </CalibrationPanel>
  )
}

function Found({ found, onTry }: { found: Reply } & Pick<ThresholdCalibrationProps, 'onTry'>) {
  const { recommended_threshold: recommended, expected_count, counts, performance } = found
  const shared = {
    rowKey: ({ threshold }: { threshold: number }) => threshold,
    isCurrent: ({ threshold }: { threshold: number }) => threshold === recommended,
    maxHeight: 220,
  }
  return (
    <>
      <p data-testid="calibrated-threshold">
        {recommended === null
          ? 'No threshold fits. '
          : `${formatNumber(recommended, 4)} gives ${formatCount(expected_count)} trades. `}
        <span className="muted">
          From {found.column} of {found.source_csv}.
        </span>{' '}
        {recommended !== null && onTry !== undefined && (
          <Button small onClick={() => onTry(recommended)}>
            Try it
          </Button>
        )}
      </p>
      {performance === null ? (
        <Table label="Rows by threshold" columns={counted} rows={counts} {...shared} />
      ) : (
        <Table label="Figures by threshold" columns={judged} rows={performance} {...shared} />
      )}
    </>
  )
}
