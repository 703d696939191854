import type { GateCheck } from '#shared/contract/schemas.ts'
import { Badge } from './badge.tsx'
import { formatPercent, MISSING } from './format.ts'
import { directionSign, formatRuleValue, reasonText, ruleTitle } from './gate-format.ts'

const verdicts = {
  pass: { tone: 'good', text: 'pass' },
  fail: { tone: 'bad', text: 'fail' },
  not_applicable: { tone: 'plain', text: 'n/a' },
} as const

const attribute = (value: unknown): string => (value == null ? '' : JSON.stringify(value))

/** Each rule of a gate with its limit, what was seen, and how much of the budget that uses. */
export function GateChecks({ checks }: { checks: readonly GateCheck[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Gate rules" tabIndex={0}>
      <table className="table tight">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Verdict</th>
            <th scope="col" className="number">
              Limit
            </th>
            <th scope="col" className="number">
              Observed
            </th>
            <th scope="col">Budget use</th>
            <th scope="col" className="number">
              Worst fold
            </th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr
              key={check.rule}
              data-testid={`gate-check-${check.rule}`}
              data-status={check.status}
              data-limit={attribute(check.limit)}
              data-observed={attribute(check.observed)}
            >
              <th scope="row" className="wrap">
                {ruleTitle(check)}
                {check.note !== undefined && <div className="muted note">{check.note}</div>}
              </th>
              <td>
                <Badge
                  tone={verdicts[check.status].tone}
                  title={check.status === 'fail' ? reasonText(check.reason) : ''}
                >
                  {verdicts[check.status].text}
                </Badge>
              </td>
              <td className="number">
                <span className="muted" title={directionSign[check.direction].text}>
                  {directionSign[check.direction].sign}{' '}
                </span>
                {formatRuleValue(check, check.limit)}
              </td>
              <td className={check.status === 'fail' ? 'number loss' : 'number'}>
                {formatRuleValue(check, check.observed)}
              </td>
              <td>
                {/* A budget of nothing has no share that could be in use. */}
                <BudgetUse use={check.limit === 0 ? null : check.budget_use} />
              </td>
              <td className="number">
                {check.worst_fold === null ? (
                  MISSING
                ) : (
                  <>
                    {formatRuleValue(check, check.worst_fold.observed)}
                    <span className="muted"> in {check.worst_fold.fold}</span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The mark stands at the whole budget; the bar ends at one and a half. */
function BudgetUse({ use }: { use: number | null }) {
  if (use === null) return <span className="muted">{MISSING}</span>
  return (
    <span className="row nowrap" style={{ flexWrap: 'nowrap' }}>
      <span className={use > 1 ? 'budget over' : 'budget'} aria-hidden="true">
        <span style={{ width: `${Math.min(1, Math.max(0, use / 1.5)) * 100}%` }} />
      </span>
      {formatPercent(use, 0)}
    </span>
  )
}
