import { describeConfig } from '#renderer/components/describe-config.ts'
import { reasonText } from '#renderer/components/gate-format.ts'
import type { ConfigTuple } from '#shared/contract/schemas.ts'
import type { SigmaError } from '#shared/errors.ts'

/** What a refusal carries: either a list of jobs, or the columns that leak. */
interface Details {
  jobs?: readonly { index: number; config: ConfigTuple; reasons: readonly string[] }[]
  columns?: readonly string[]
}

/** Why a batch was refused, by configuration. */
export function RefusalReasons({ error }: { error: SigmaError | undefined }) {
  if (error?.code !== 'GATE_FAILED') return null
  const { jobs = [], columns = [] } = (error.details ?? {}) as Details
  if (jobs.length + columns.length === 0) return null
  return (
    <dl className="pairs" aria-label="Reasons by configuration">
      {jobs.map(({ index, config, reasons }) => (
        <div key={index} style={{ display: 'contents' }}>
          <dt>{describeConfig(config)}</dt>
          <dd>{reasons.map(reasonText).join(', ')}</dd>
        </div>
      ))}
      {columns.length > 0 && (
        <div style={{ display: 'contents' }}>
          <dt>Leaking columns</dt>
          <dd>{columns.join(', ')}</dd>
        </div>
      )}
    </dl>
  )
}
