import type { MatrixProfile } from '#renderer/api/types.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { formatNumber, formatPlural, humanize } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'

interface LeakageVerdictsProps {
  flags: MatrixProfile['leakage_flags']
  features: number
}

/** Which columns know the future, and how that was found. */
export function LeakageVerdicts({ flags, features }: LeakageVerdictsProps) {
  const reds = flags.filter((flag) => flag.level === 'red').length
  return (
    <Panel
      title="Leaks"
      note={
        reds > 0 ? (
          <Badge tone="bad">{formatPlural(reds, 'column')} leak</Badge>
        ) : flags.length > 0 ? (
          <Badge tone="warn">{flags.length} suspect</Badge>
        ) : (
          <Badge tone="good">none found</Badge>
        )
      }
      flush={flags.length > 0}
    >
      {flags.length === 0 ? (
        <p className="muted">
          All {features} features were recomputed on shortened data and held against the future return; none
          knows more than it should.
        </p>
      ) : (
        <ul className="list">
          {flags.map((flag) => (
            <li key={`${flag.column} ${flag.check}`} data-testid={`leak-${flag.column}`}>
              <Badge tone={flag.level === 'red' ? 'bad' : 'warn'}>
                {flag.level === 'red' ? 'leaks' : 'suspect'}
              </Badge>
              <span className="grow">
                <strong>{flag.column}</strong>
                <br />
                <span className="muted">{flag.reason}</span>
              </span>
              <span className="muted" title={humanize(flag.check)}>
                {formatNumber(flag.value)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
