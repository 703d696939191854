import { useState } from 'react'
import { call, uploadFile } from '#renderer/api/call.ts'
import { askDesktop, isDesktop } from '#renderer/api/desktop.ts'
import { useAttempt } from '#renderer/api/use-action.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { TextField } from '#renderer/components/field.tsx'
import { FileDrop } from '#renderer/components/file-drop.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { ImportReport } from '#shared/contract/data.ts'
import { ImportFields } from './import-fields.tsx'
import {
  emptyForm,
  type ImportForm,
  importBody,
  importQuery,
  isReady,
  kindOfName,
  kindTexts,
  tickerOfName,
} from './import-form.ts'
import { ColumnMapping, ReportView } from './import-report.tsx'

/** From a file to rows in the lake: choose, check, map, commit. Nothing is stored before the commit. */
export function ImportWizard() {
  const [form, setForm] = useState<ImportForm>(emptyForm)
  const [file, setFile] = useState<File>()
  /** A file that the desktop window put where the host can read it. */
  const [taken, setTaken] = useState<{ name: string; size: number }>()
  const [report, setReport] = useState<ImportReport>()
  /** The form that the report is about: a change since then asks for another check. */
  const [checked, setChecked] = useState<ImportForm>()
  const { follow, pending, error } = useAttempt()
  const push = useToasts((store) => store.push)
  const canCheck = isReady(form) && (file !== undefined || form.path.trim() !== '')

  const begin = (name: string, path: string) => {
    setReport(undefined)
    const kind = kindOfName(name) ?? form.kind
    setForm({ ...form, path, mapping: {}, kind, ticker: form.ticker || tickerOfName(name) })
  }
  const choose = (chosen: File) => {
    setFile(chosen)
    setTaken(undefined)
    begin(chosen.name, '')
  }
  const askForFile = async () => {
    const chosen = await follow(() => askDesktop('chooseFile', {}))
    if (chosen === undefined || chosen === null) return
    setFile(undefined)
    setTaken({ name: chosen.name, size: chosen.bytes })
    begin(chosen.name, chosen.path)
  }
  const check = async () => {
    const reply = await follow(() =>
      form.path === '' && file !== undefined
        ? uploadFile('importData', importQuery(form, file.name), file)
        : call('importData', { query: {}, body: importBody(form, 'dry_run') }),
    )
    if (reply === undefined) return
    const next = { ...form, path: reply.report.file.path }
    setForm(next)
    setChecked(next)
    setReport(reply.report)
  }
  const commit = async () => {
    const reply = await follow(() => call('importData', { query: {}, body: importBody(form, 'commit') }))
    if (reply === undefined) return
    const { added, ticker, unit } = reply.report
    const id = reply.import_id
    setReport(undefined)
    setFile(undefined)
    setTaken(undefined)
    setForm(emptyForm)
    push({
      tone: 'good',
      text: `${formatPlural(added, unit)} of ${ticker} added`,
      ...(id === null
        ? {}
        : {
            action: { label: 'Undo', run: () => void follow(() => call('undoImport', { params: { id } })) },
          }),
    })
  }

  return (
    <Panel title="Import a file" note={<span className="muted">CSV or Parquet</span>}>
      <div className="toolbar">
        <FileDrop
          file={file ?? taken}
          onFile={choose}
          {...(isDesktop() ? { onAsk: () => void askForFile() } : {})}
        />
        <TextField
          label="Or a file of the workspace"
          placeholder="imports/spy.csv"
          size={24}
          value={file === undefined ? form.path : ''}
          onChange={(event) => {
            setFile(undefined)
            setTaken(undefined)
            setReport(undefined)
            setForm({ ...form, path: event.target.value })
          }}
        />
      </div>
      <ImportFields
        form={form}
        onChange={(change) => {
          // The columns of another kind are other fields: what the file was found to be no longer holds.
          if (change.kind !== undefined) setReport(undefined)
          setForm({ ...form, ...change })
        }}
      />
      <p className="muted">Columns, by any name: {kindTexts[form.kind].hint}.</p>
      {report !== undefined && (
        <ColumnMapping report={report} form={form} onChange={(mapping) => setForm({ ...form, mapping })} />
      )}
      <ErrorLine error={error} />
      <div className="row">
        <Button
          look={report === undefined || checked !== form ? 'primary' : 'plain'}
          disabled={!canCheck || pending}
          data-testid="check-import"
          onClick={() => void check()}
        >
          {pending ? 'Reading…' : report === undefined ? 'Check the file' : 'Check again'}
        </Button>
        {report !== undefined && (
          <Button
            look={checked === form ? 'primary' : 'plain'}
            disabled={pending || checked !== form || report.problems.length > 0}
            title={checked === form ? '' : 'Check again first: something changed'}
            data-testid="commit-import"
            onClick={() => void commit()}
          >
            Add {formatPlural(report.added, report.unit)}
          </Button>
        )}
        {form.path !== '' && isReady(form) && (
          <CopyRequest operationId="importData" input={{ query: {}, body: importBody(form, 'dry_run') }} />
        )}
      </div>
      {report !== undefined && <ReportView report={report} />}
    </Panel>
  )
}
