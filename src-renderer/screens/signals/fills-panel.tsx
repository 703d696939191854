import { useState } from 'react'
import { askDesktop, isDesktop } from '#renderer/api/desktop.ts'
import { useAction, useAttempt } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { FileDrop } from '#renderer/components/file-drop.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import { fillsExample } from './fills-example.ts'
import { BadLines, FillsReport, problemsOf } from './fills-report.tsx'

type Report = ReplyOf<'importSignals'>

const EXAMPLE_ROWS = 5

/** What became of signals: pasted or dropped, checked, imported, taken back. Nothing is written before the import. */
export function FillsPanel({ modelId, profile }: { modelId: string; profile: RiskProfile }) {
  const [text, setText] = useState('')
  const [file, setFile] = useState<Pick<File, 'name' | 'size'>>()
  const [checked, setChecked] = useState<{ text: string; report: Report }>()
  const [undo, setUndo] = useState<Report['before']>(null)
  const { run, pending, error, clear } = useAction('importSignals')
  const dialog = useAttempt()
  const push = useToasts((store) => store.push)
  const newest = useQuery('listSignals', {
    query: { limit: EXAMPLE_ROWS, risk_profile: profile, ...(modelId === '' ? {} : { model_id: modelId }) },
  }).data?.rows
  const report = checked?.text === text ? checked.report : undefined

  const change = (next: string, from?: Pick<File, 'name' | 'size'>) => {
    setText(next)
    setFile(from)
    clear()
  }
  const askForFile = async () => {
    const chosen = await dialog.follow(() => askDesktop('chooseText', {}))
    if (chosen === undefined || chosen === null) return
    change(chosen.text, { name: chosen.name, size: chosen.bytes })
  }
  const check = async () => {
    const reply = await run({ body: { text, dry_run: true } })
    if (reply !== undefined) setChecked({ text, report: reply })
  }
  const takeBack = async (rows: NonNullable<Report['before']>) => {
    const reply = await run({ body: { rows } })
    if (reply === undefined) return
    setUndo(null)
    push({ tone: 'good', text: `${formatPlural(reply.updated, 'signal')} as before the import` })
  }
  const commit = async () => {
    const reply = await run({ body: { text } })
    if (reply === undefined) return
    change('')
    setChecked(undefined)
    setUndo(reply.before)
    push({ tone: 'good', text: `Fills of ${formatPlural(reply.updated, 'signal')} imported` })
  }

  const problems = problemsOf(error)
  return (
    <Panel
      title="Import fills"
      definition="A CSV with the columns ts, model_id, ticker and status (new, filled, closed, canceled, timed_out), and as far as known risk_profile, side, entry_ref_px, fill_px, slippage, rr, pnl (a fraction of capital) and tag. Times carry their zone. Rows are matched by model, profile, ticker and instant; the same import twice changes nothing"
      note={<span className="muted">CSV, matched to signals by model, profile, ticker and time</span>}
      actions={
        undo !== null && (
          <Button small disabled={pending} data-testid="undo-fills" onClick={() => void takeBack(undo)}>
            Undo the last import
          </Button>
        )
      }
    >
      <div className="row">
        <FileDrop
          file={file}
          accept=".csv,.txt"
          testId="fills-file"
          onFile={(chosen) => void chosen.text().then((content) => change(content, chosen))}
          {...(isDesktop() ? { onAsk: () => void askForFile() } : {})}
        />
        <Button
          disabled={newest === undefined || newest.length === 0}
          title="Rows of the newest signals, to fill in"
          data-testid="fills-example"
          onClick={() => change(fillsExample(newest ?? []))}
        >
          Start from the newest signals
        </Button>
      </div>
      <label className="field">
        <span>Or paste rows</span>
        <textarea
          className="input rows"
          rows={6}
          spellCheck={false}
          value={text}
          placeholder="ts,model_id,risk_profile,ticker,status,fill_px,pnl"
          data-testid="fills-text"
          onChange={(event) => change(event.target.value)}
        />
      </label>
      {problems.length > 0 ? (
        <BadLines error={error} problems={problems} text={text} />
      ) : (
        <ErrorLine error={error ?? dialog.error} />
      )}
      {report !== undefined && <FillsReport report={report} />}
      <div className="row">
        <Button
          look={report === undefined ? 'primary' : 'plain'}
          disabled={text.trim() === '' || pending}
          data-testid="check-fills"
          onClick={() => void check()}
        >
          {pending ? 'Reading…' : 'Check'}
        </Button>
        <Button
          look={report === undefined ? 'plain' : 'primary'}
          disabled={report === undefined || report.updated === 0 || pending}
          title={report === undefined ? 'Check first' : ''}
          data-testid="commit-fills"
          onClick={() => void commit()}
        >
          {report === undefined ? 'Import' : `Import fills of ${formatPlural(report.updated, 'signal')}`}
        </Button>
        {text.trim() !== '' && (
          <CopyRequest operationId="importSignals" input={{ body: { text, dry_run: true } }} />
        )}
      </div>
    </Panel>
  )
}
