import type { BacktestRun } from '#renderer/api/types.ts'
import { formatPercent, MISSING } from '#renderer/components/format.ts'
import { formatRuleValue, ruleTitle } from '#renderer/components/gate-format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import type { GateCheck } from '#shared/contract/schemas.ts'
import { RunHead } from './compared-run.tsx'

interface BudgetRow {
  check: GateCheck
  checks: (GateCheck | undefined)[]
}

/** How much of each limit every run uses up; the mark in a bar is the whole budget. */
export function BudgetTable({ replies }: { replies: readonly BacktestRun[] }) {
  const columns: TableColumn<BudgetRow>[] = [
    { title: 'Rule', cell: ({ check }) => ruleTitle(check) },
    ...replies.map(({ run }, index) => ({
      id: run.id,
      title: <RunHead index={index} id={run.id} />,
      cell: ({ checks }: BudgetRow) => <BudgetCell check={checks[index]} />,
    })),
  ]
  return (
    <Panel title="Use of the risk budget" flush note={<span className="muted">each by its own profile</span>}>
      <Table
        label="Use of the risk budget"
        rows={rowsOf(replies)}
        rowKey={({ check }) => check.rule}
        columns={columns}
      />
    </Panel>
  )
}

/** Rules that apply to at least one run. */
function rowsOf(replies: readonly BacktestRun[]): BudgetRow[] {
  const rules = new Map<string, GateCheck>()
  for (const { run } of replies)
    for (const check of run.checks)
      if (check.status !== 'not_applicable' && !rules.has(check.rule)) rules.set(check.rule, check)
  return [...rules.values()].map((check) => ({
    check,
    checks: replies.map(({ run }) => run.checks.find(({ rule }) => rule === check.rule)),
  }))
}

function BudgetCell({ check }: { check: GateCheck | undefined }) {
  if (check === undefined || check.status === 'not_applicable')
    return <span className="muted">{check === undefined ? MISSING : 'n/a'}</span>
  const observed = formatRuleValue(check, check.observed)
  // A budget of nothing has no share that could be in use.
  const use = check.limit === 0 ? null : check.budget_use
  return (
    <span
      className={check.status === 'fail' ? 'row nowrap loss' : 'row nowrap'}
      style={{ flexWrap: 'nowrap' }}
      title={`${observed} of ${formatRuleValue(check, check.limit)}: ${check.status}`}
    >
      {use !== null && (
        <span className={use > 1 ? 'budget over' : 'budget'} aria-hidden="true">
          <span style={{ width: `${Math.min(1, Math.max(0, use / 1.5)) * 100}%` }} />
        </span>
      )}
      {use === null ? observed : formatPercent(use, 0)}
      {check.status === 'fail' && ' ✕'}
    </span>
  )
}
