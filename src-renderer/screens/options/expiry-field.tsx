import { useQuery } from '#renderer/api/use-query.ts'
import { SelectField } from '#renderer/components/field.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { setParams } from '#renderer/stores/hash-state.ts'
import { daysBetween } from './overlay-request.ts'

interface ExpiryFieldProps {
  ticker: string
  /** First day of the window. */
  start: string
  expiry: string | undefined
  /** Days that the nearest expiry is looked for at; null for the next one. */
  target: number | null
}

const WEEKS = 26

/** The listed expiries from the first day on, or the nearest to the target. */
export function ExpiryField({ ticker, start, expiry, target }: ExpiryFieldProps) {
  const listed = useQuery(
    'listExpirations',
    ticker === '' ? null : { query: { ticker, start, weeks: WEEKS } },
  )
  const expirations = listed.data?.expirations ?? []
  const isListed = expirations.some(({ date }) => date === expiry)
  return (
    <div className="stack tight">
      <SelectField
        label="Expiry"
        value={expiry ?? ''}
        onChange={({ target: { value } }) => setParams({ expiry: value || undefined })}
      >
        <option value="">
          {target === null ? 'the next one listed' : `listed nearest to ${formatPlural(target, 'day')}`}
        </option>
        {expiry !== undefined && !isListed && <option value={expiry}>{expiry}, not listed</option>}
        {expirations.map(({ date, kind, has_chain, count }) => (
          <option key={date} value={date} disabled={!has_chain}>
            {date} · {daysBetween(start, date)} d · {kind}
            {has_chain ? `, ${count} contracts` : ', no chain'}
          </option>
        ))}
      </SelectField>
      {listed.error !== undefined && <p className="muted">{listed.error.message}</p>}
    </div>
  )
}
