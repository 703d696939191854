import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { SelectField, TextField } from '#renderer/components/field.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { setParams } from '#renderer/stores/hash-state.ts'
import { neighbours } from './chain-rows.ts'

/** More snapshots than this do not fit side by side. */
const MOST_BUTTONS = 8

interface ChainPickerProps {
  ticker: string
  /** Session that is looked at or asked for, empty while none is known. */
  date: string
  /** When the snapshot in sight was taken. */
  at: string | undefined
  snapshots: readonly string[]
  /** Goes to the newest snapshot; undefined where it is in sight. */
  onReset: (() => void) | undefined
}

/** Which session and which snapshot of it. */
export function ChainPicker({ ticker, date, at, snapshots, onReset }: ChainPickerProps) {
  const { data: coverage } = useQuery('getCoverage', { query: { ticker, kind: 'chain' } })
  const { previous, next } = coverage === undefined ? {} : neighbours(coverage, date)
  const go = (to: string | undefined) => () => setParams({ date: to, at: undefined })
  const options = snapshots.map((value) => ({ value, label: formatTime(value).slice(11) }))
  const choose = (value: string) => setParams({ date, at: value })
  return (
    <div className="toolbar">
      <Button disabled={previous === undefined} title={previous} onClick={go(previous)}>
        ‹ Earlier
      </Button>
      <TextField
        label="Session"
        type="date"
        value={date}
        min={coverage?.dates[0]}
        max={coverage?.dates.at(-1)}
        onChange={(event) => event.target.value !== '' && go(event.target.value)()}
      />
      <Button disabled={next === undefined} title={next} onClick={go(next)}>
        Later ›
      </Button>
      {at !== undefined && snapshots.length > MOST_BUTTONS && (
        <SelectField
          label={`Snapshot (${zoneName()})`}
          value={at}
          onChange={(event) => choose(event.target.value)}
        >
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
      {at !== undefined && snapshots.length <= MOST_BUTTONS && (
        <div className="field">
          <span>Snapshot ({zoneName()})</span>
          <Segmented label="Snapshot" options={options} value={at} onChange={choose} />
        </div>
      )}
      {onReset !== undefined && (
        <Button look="quiet" onClick={onReset}>
          Newest
        </Button>
      )}
    </div>
  )
}
