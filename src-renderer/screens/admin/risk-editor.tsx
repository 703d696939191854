import { type FormEvent, useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { useLatest } from '#renderer/api/use-latest.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { SelectField } from '#renderer/components/field.tsx'
import { humanize } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Sha } from '#renderer/components/sha.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { UndoButtons } from '#renderer/components/undo-buttons.tsx'
import { useUndo } from '#renderer/components/use-undo.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { BudgetTable } from './budget-table.tsx'
import { BudgetVersions } from './budget-versions.tsx'
import {
  changeOf,
  changeTo,
  comparisonsOf,
  type RiskRow,
  type RuleRow,
  type TypedBudget,
} from './read-budget.ts'
import { RiskEffect } from './risk-effect.tsx'

interface RiskEditorProps {
  row: RiskRow
  rules: readonly RuleRow[]
}

/** One budget: its limits beside those it is compared with, what a change would do, and the versions it had. */
export function RiskEditor({ row, rules }: RiskEditorProps) {
  const { pack_id, profile, risk_budget, version } = row
  const edits = useUndo<TypedBudget>({})
  const comparisons = comparisonsOf(row)
  const [comparedId, setComparedId] = useState('')
  const compared = comparisons.find(({ id }) => id === comparedId) ?? comparisons[0]
  const change = changeOf(edits.now, risk_budget)
  const isChanged = Object.keys(change).length > 0
  const body = { pack_id, profile, risk_budget: change }
  const looked = useLatest('checkRiskProfile', { body })
  const problems = new Map(looked.data?.problems.map(({ rule, message }) => [rule, message]))
  const write = useAction('updateRiskProfile')
  const push = useToasts((store) => store.push)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    const reply = await write.run({ body })
    if (reply === undefined) return
    const back = Object.fromEntries(reply.diff.map(({ rule, from }) => [rule, from]))
    const undo = () => void write.run({ body: { pack_id, profile, risk_budget: back } })
    push({
      tone: 'good',
      text: `${humanize(profile)} budget of ${pack_id}: version ${reply.version}`,
      action: { label: 'Undo', run: undo },
    })
  }

  return (
    <form className="side-by-side" onSubmit={(event) => void save(event)} onKeyDown={edits.onKeyDown}>
      <Panel
        title={`${humanize(profile)} budget of ${pack_id}`}
        note={
          <span className="row">
            <span className="muted">version {version}</span>
            <Sha label="risk sha" sha={row.risk_sha} />
          </span>
        }
        flush
        actions={
          <>
            <UndoButtons edits={edits} />
            <Button
              small
              type="submit"
              look="primary"
              data-testid="write-budget"
              disabled={!isChanged || problems.size > 0 || looked.isBehind || write.pending}
            >
              Write version {version + 1}
            </Button>
          </>
        }
      >
        <ErrorLine error={write.error ?? looked.error} />
        <div className="toolbar inset">
          {comparisons.length > 0 && (
            <SelectField
              label="Compared with"
              value={compared?.id ?? ''}
              onChange={(event) => setComparedId(event.target.value)}
            >
              {comparisons.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </SelectField>
          )}
          <Button
            small
            disabled={
              compared === undefined || Object.keys(changeTo(compared.budget, risk_budget)).length === 0
            }
            onClick={() => compared && edits.set(changeTo(compared.budget, risk_budget))}
          >
            Take these limits
          </Button>
          <span className="spacer" />
          <CopyRequest operationId="updateRiskProfile" input={{ body }} />
        </div>
        <BudgetTable
          rules={rules}
          budget={risk_budget}
          compared={compared}
          typed={edits.now}
          problems={problems}
          onType={(rule, value) => edits.set({ ...edits.now, [rule]: value }, rule)}
        />
      </Panel>
      <div className="stack">
        <RiskEffect row={row} looked={looked} isChanged={isChanged} />
        <BudgetVersions row={row} onCompare={setComparedId} comparedId={compared?.id} />
      </div>
    </form>
  )
}
