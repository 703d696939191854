import { MISSING } from '#renderer/components/format.ts'
import { formatRuleValue } from '#renderer/components/gate-format.ts'
import { HoursStrip } from '#renderer/components/hours-strip.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { Tip } from '#renderer/components/tip.tsx'
import {
  type Budget,
  type Comparison,
  changeOf,
  type RuleRow,
  type TypedBudget,
  textOfLimit,
} from './read-budget.ts'

interface BudgetTableProps {
  rules: readonly RuleRow[]
  budget: Budget
  compared: Comparison | undefined
  typed: TypedBudget
  problems: ReadonlyMap<string, string>
  onType: (rule: string, value: string | number[] | null) => void
}

/** Every rule with its limit in force, the one it is compared with, and the one to be. */
export function BudgetTable(props: BudgetTableProps) {
  const { rules, budget, compared, typed, problems } = props
  const change = changeOf(typed, budget)
  const show = (rule: RuleRow, limits: Budget) => {
    const limit = limits[rule.rule] ?? null
    if (limit !== null) return formatRuleValue(rule, limit)
    if (rule.fallback === null) return <span className="muted">no limit</span>
    return <span className="muted">{formatRuleValue(rule, rule.fallback)} by default</span>
  }
  const differs = (rule: RuleRow) =>
    compared !== undefined &&
    JSON.stringify(budget[rule.rule] ?? null) !== JSON.stringify(compared.budget[rule.rule] ?? null)

  const columns: TableColumn<RuleRow>[] = [
    {
      title: 'Rule',
      wrap: true,
      cell: (rule) => (
        <>
          <Tip text={`${rule.doc}${rule.options_only ? ' Options only.' : ''}`}>{rule.title}</Tip>{' '}
          <code className="muted">{rule.rule}</code>
        </>
      ),
    },
    ...(compared === undefined
      ? []
      : [
          {
            id: 'compared',
            title: compared.title,
            numeric: true,
            cell: (rule: RuleRow) => (
              <span className={differs(rule) ? 'differs' : 'muted'}>{show(rule, compared.budget)}</span>
            ),
          },
        ]),
    {
      title: 'In force',
      numeric: true,
      cell: (rule) => <span className={differs(rule) ? 'differs' : undefined}>{show(rule, budget)}</span>,
    },
    { title: 'To be', cell: (rule) => <LimitInput {...props} rule={rule} /> },
    {
      id: 'read',
      title: <span className="visually-hidden">As read</span>,
      cell: ({ rule }) => {
        const problem = problems.get(rule)
        if (problem !== undefined) {
          return <div className="note loss">{problem.replace('risk budget: ', '')}</div>
        }
        if (!(rule in change)) return null
        const limit = change[rule]
        return (
          <span className="differs">{limit === null ? 'no limit' : formatRuleValue({ rule }, limit)}</span>
        )
      },
    },
  ]
  return <Table label="Limits" columns={columns} rows={rules} rowKey={({ rule }) => rule} />
}

function LimitInput({ rule, budget, typed, problems, onType }: BudgetTableProps & { rule: RuleRow }) {
  const given = typed[rule.rule]
  const now = given === undefined ? (budget[rule.rule] ?? null) : given
  const { const: fixed, minimum, exclusiveMinimum, maximum } = rule.schema as Range
  if (fixed !== undefined) return <span className="muted">always {String(fixed)}</span>
  if (rule.unit === 'hours') {
    const hours = Array.isArray(now) ? now.filter((each) => typeof each === 'number') : []
    return (
      <HoursStrip label={`${rule.title}, to be`} hours={hours} onChange={(next) => onType(rule.rule, next)} />
    )
  }
  const least = exclusiveMinimum === undefined ? `from ${minimum ?? MISSING}` : `above ${exclusiveMinimum}`
  return (
    <input
      className="input number"
      inputMode="decimal"
      size={9}
      aria-label={`${rule.title}, to be`}
      aria-invalid={problems.has(rule.rule)}
      placeholder="no limit"
      title={`${least} to ${maximum ?? MISSING}; empty for no limit`}
      value={typeof now === 'string' ? now : textOfLimit(now)}
      onChange={(event) => onType(rule.rule, event.target.value)}
    />
  )
}

interface Range {
  const?: unknown
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
}
