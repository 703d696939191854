import { useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { TextField } from '#renderer/components/field.tsx'
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from '#renderer/components/format.ts'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'
import { CalibrationPanel } from './calibration-panel.tsx'
import { readWish } from './read-wish.ts'

type Reply = ReplyOf<'calibrateBrackets'>
type Replayed = NonNullable<Reply['replay']>[number]
type Line = Reply['candidates'][number] & Partial<Replayed>

interface BracketCalibrationProps {
  modelId: string
  /** Puts multiples of ATR into the settings that are tried; absent while there is nothing to try them on. */
  onTry: ((stop: number, target: number) => void) | undefined
}

const columns: TableColumn<Line>[] = [
  {
    title: 'Stop × target, ATR',
    cell: ({ k_stop, k_target }) => `${formatNumber(k_stop)} × ${formatNumber(k_target)}`,
  },
  { title: 'Ratio', numeric: true, cell: ({ rr }) => formatNumber(rr) },
  { title: 'Trades', numeric: true, cell: ({ trades }) => formatCount(trades) },
  { title: 'At target', numeric: true, cell: ({ hit_rate }) => formatPercent(hit_rate) },
  { title: 'Stopped', numeric: true, cell: ({ stop_rate }) => formatPercent(stop_rate) },
  { title: 'Mean return', numeric: true, cell: ({ avg_return }) => formatSignedPercent(avg_return, 3) },
]

/** Stops and targets of a wanted ratio, and what each would have meant for the model's own signals. */
export function BracketCalibration({ modelId, onTry }: BracketCalibrationProps) {
  const [desired, setDesired] = useState('2')
  const [found, setFound] = useState<Reply>()
  const calibrate = useAction('calibrateBrackets')
  const { value, problem } = readWish(desired, { least: 0.01 })
  const body = { model_id: modelId, ...(value === null ? {} : { desired_rr: value }) }
  const run = async () => setFound((await calibrate.run({ body })) ?? found)
  return (
    <CalibrationPanel
      title="Calibrate the brackets"
      definition="The ratio of target to stop is the same for every row. The replay walks the signals of the newest backtest through each pair; picking by it is a choice on test data"
      testId="calibrate-brackets"
      fields={
        <TextField
          label="Reward to risk wanted"
          inputMode="decimal"
          value={desired}
          problem={problem}
          onChange={(event) => setDesired(event.target.value)}
        />
      }
      canRun={problem === undefined}
      pending={calibrate.pending}
      error={calibrate.error}
      warnings={found?.warnings ?? []}
      onRun={() => void run()}
      request={<CopyRequest operationId="calibrateBrackets" input={{ body }} />}
    >
      {found !== undefined && <Found found={found} onTry={onTry} />}
    </CalibrationPanel>
  )
}

function Found({ found, onTry }: { found: Reply } & Pick<BracketCalibrationProps, 'onTry'>) {
  const { atr_mult_stop, atr_mult_target, time_stop_minutes } = found.recommended
  return (
    <>
      <p data-testid="calibrated-brackets">
        Stop {formatNumber(atr_mult_stop)} and target {formatNumber(atr_mult_target)} ATR, out after{' '}
        {formatCount(time_stop_minutes)} minutes.{' '}
        {onTry !== undefined && (
          <Button small onClick={() => onTry(atr_mult_stop, atr_mult_target)}>
            Try them
          </Button>
        )}
      </p>
      <Table
        label="Brackets, nearest to the wanted ratio first"
        columns={columns}
        rows={linesOf(found)}
        rowKey={({ k_stop, k_target }) => `${k_stop} ${k_target}`}
        maxHeight={220}
      />
    </>
  )
}

/** Each pair with its replay at the recommended time stop. */
function linesOf({ candidates, replay, recommended }: Reply): Line[] {
  const replayed = new Map(
    (replay ?? [])
      .filter(({ time_stop_minutes }) => time_stop_minutes === recommended.time_stop_minutes)
      .map((each) => [`${each.k_stop} ${each.k_target}`, each]),
  )
  return candidates.map((each) => ({ ...replayed.get(`${each.k_stop} ${each.k_target}`), ...each }))
}
