import { useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { CheckField, SelectField, TextField } from '#renderer/components/field.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import type { InputOf } from '#shared/contract/index.ts'
import { parseTickers } from './parse-tickers.ts'

type Body = InputOf<'startSync'>['body']
type Kind = NonNullable<Body['kinds']>[number]

const kinds: readonly { value: Kind; label: string }[] = [
  { value: 'bars', label: 'Bars' },
  { value: 'actions', label: 'Splits and dividends' },
  { value: 'index', label: 'VIX family' },
  { value: 'options', label: 'Same-day option minutes' },
  { value: 'chain', label: 'Option chain of now' },
]

interface SyncFormProps {
  /** The vendor cannot be reached as things are set. */
  isBlocked: boolean
  isRunning: boolean
}

/** What to fetch. Days that the lake has already are not fetched again. */
export function SyncForm({ isBlocked, isRunning }: SyncFormProps) {
  const [text, setText] = useState('SPY')
  const [body, setBody] = useState<Omit<Body, 'tickers'>>({
    start: '',
    end: '',
    cadence: '5m',
    kinds: ['bars', 'actions'],
  })
  const start = useAction('startSync')
  const parsed = parseTickers(text)
  const problem = 'problem' in parsed ? parsed.problem : undefined
  const input = { body: { ...body, tickers: 'tickers' in parsed ? parsed.tickers : [] } }
  const isReady =
    problem === undefined &&
    body.start !== '' &&
    body.end !== '' &&
    body.start <= body.end &&
    !!body.kinds?.length
  const toggle = (kind: Kind, isOn: boolean) => {
    const rest = (body.kinds ?? []).filter((each) => each !== kind)
    setBody({ ...body, kinds: isOn ? [...rest, kind] : rest })
  }
  return (
    <>
      <div className="toolbar">
        <TextField
          label="Tickers"
          size={20}
          value={text}
          problem={problem}
          onChange={(event) => setText(event.target.value)}
        />
        <SelectField
          label="Bars of"
          value={body.cadence}
          onChange={(event) => setBody({ ...body, cadence: event.target.value === 'daily' ? 'daily' : '5m' })}
        >
          <option value="5m">5 minutes</option>
          <option value="daily">a day</option>
        </SelectField>
        <TextField
          label="From"
          type="date"
          value={body.start}
          onChange={(event) => setBody({ ...body, start: event.target.value })}
        />
        <TextField
          label="To"
          type="date"
          value={body.end}
          onChange={(event) => setBody({ ...body, end: event.target.value })}
        />
      </div>
      <div className="row">
        {kinds.map(({ value, label }) => (
          <CheckField
            key={value}
            label={label}
            checked={body.kinds?.includes(value) ?? false}
            onChange={(isOn) => toggle(value, isOn)}
          />
        ))}
        <CheckField
          label="Take the place of series from other sources"
          checked={body.replace ?? false}
          onChange={(replace) => setBody({ ...body, replace })}
        />
      </div>
      <ErrorLine error={start.error} />
      <div className="row">
        <Button
          look="primary"
          data-testid="start-sync"
          disabled={!isReady || isBlocked || isRunning || start.pending}
          onClick={() => void start.run(input)}
        >
          {isRunning ? 'Syncing…' : 'Sync'}
        </Button>
        {isReady && <CopyRequest operationId="startSync" input={input} />}
      </div>
    </>
  )
}
