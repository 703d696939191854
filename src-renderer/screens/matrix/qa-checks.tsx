import type { MatrixProfile } from '#renderer/api/types.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { formatPercent, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'

/** The checks that every matrix must stand. */
export function QaChecks({ qa }: { qa: MatrixProfile['qa'] }) {
  const checks = [
    {
      name: 'Time runs forward',
      ok: qa.monotonic_time.ok,
      text: formatPlural(qa.monotonic_time.violations, 'violation'),
    },
    {
      name: 'Volumes not negative',
      ok: qa.non_negative_vol.ok,
      text: `${formatPercent(qa.non_negative_vol.neg_pct)} of ${formatPlural(qa.non_negative_vol.checked, 'value')}`,
    },
    {
      name: 'Rows inside the session',
      ok: qa.session_alignment.ok,
      text: `${formatPercent(qa.session_alignment.off_pct)} outside`,
    },
    {
      name: 'Implied volatility plausible',
      ok: qa.iv_sanity.ok,
      text:
        qa.iv_sanity.checked === 0
          ? 'no such column'
          : `${formatPercent(qa.iv_sanity.out_of_range_pct)} out of range`,
    },
    {
      name: 'Columns mostly present',
      ok: qa.nan.fail.length === 0,
      text: `${qa.nan.fail.length} empty, ${qa.nan.warn.length} thin`,
    },
  ]
  return (
    <Panel title="Quality" flush>
      <ul className="list">
        {checks.map(({ name, ok, text }) => (
          <li key={name}>
            <Badge tone={ok ? 'good' : 'bad'}>{ok ? 'ok' : 'fails'}</Badge>
            <span className="grow">{name}</span>
            <span className="muted">{text}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
