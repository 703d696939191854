import { formatCount, formatNumber, formatPlural, humanize } from '#renderer/components/format.ts'
import { Stats } from '#renderer/components/stats.tsx'
import { Table } from '#renderer/components/table.tsx'
import { formatDay } from '#renderer/components/time.ts'
import type { ImportReport } from '#shared/contract/data.ts'
import { type ImportForm, mappedFields } from './import-form.ts'

interface ColumnMappingProps {
  report: ImportReport
  form: ImportForm
  onChange: (mapping: ImportForm['mapping']) => void
}

/** Which column fills which field; what the host found stands first. */
export function ColumnMapping({ report, form, onChange }: ColumnMappingProps) {
  return (
    <fieldset className="field">
      <legend className="group-label">Columns of the file</legend>
      <div className="toolbar">
        {mappedFields.map((field) => (
          <label className="field" key={field}>
            <span>{field === 'ts' ? 'Date and time' : humanize(field)}</span>
            <select
              className="input"
              value={form.mapping[field] ?? report.mapping[field] ?? ''}
              onChange={(event) => onChange({ ...form.mapping, [field]: event.target.value })}
            >
              <option value="">none</option>
              {report.columns.map((column) => (
                <option key={column} value={column}>
                  {column}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** What a file holds and what would become of it. */
export function ReportView({ report }: { report: ImportReport }) {
  const { duplicates, gaps } = report
  const badRows = [...report.bad_rows, ...duplicates.in_file_rows]
  return (
    <div className="stack" data-testid="import-report">
      <Notes notes={report.problems} tone="bad" />
      <Notes notes={report.warnings} tone="warn" />
      <Stats
        label="What the file holds"
        stats={[
          { label: 'Rows', value: formatCount(report.rows) },
          { label: 'Good bars', value: formatCount(report.good) },
          { label: 'Bad rows', value: formatCount(report.bad), tone: report.bad > 0 ? 'loss' : undefined },
          { label: 'Out of session', value: formatCount(report.outside_session) },
          { label: 'In the lake', value: formatCount(duplicates.in_lake) },
          { label: 'There, differing', value: formatCount(duplicates.in_lake_differing) },
          { label: 'Missing days', value: formatCount(gaps.missing_sessions) },
          { label: 'Would be added', value: formatCount(report.added), tone: 'gain' },
          { label: 'Overwritten', value: formatCount(report.replaced) },
          {
            label: 'Dropped',
            value: formatCount(report.dropped),
            title: 'Bars of the series whose place it takes',
          },
        ]}
      />
      <p className="muted">
        {report.ticker}, {report.cadence}, {formatDay(report.first)} – {formatDay(report.last)}, read as{' '}
        {report.file.format}
        {report.file.format === 'csv' && `, columns split at “${report.separator}”`}, times{' '}
        {report.time_format} in {report.time_zone}
        {report.other_tickers > 0 &&
          `, ${formatPlural(report.other_tickers, 'row')} of other tickers left out`}
      </p>
      {badRows.length > 0 && (
        <Table
          label="Rows that cannot be taken"
          rows={badRows}
          rowKey={(row, i) => `${row.line} ${i}`}
          maxHeight={200}
          columns={[
            { title: 'Line', cell: (row) => formatCount(row.line) },
            { title: 'Why it is left out', wrap: true, cell: (row) => row.reason },
          ]}
        />
      )}
      {gaps.sessions.length > 0 && (
        <details>
          <summary>
            {formatPlural(gaps.missing_sessions, 'day')} without a bar
            {gaps.missing_sessions > gaps.sessions.length && `, the first ${gaps.sessions.length}`}
          </summary>
          <p className="mono">{gaps.sessions.join(', ')}</p>
        </details>
      )}
      {report.jumps.length > 0 && (
        <Table
          label="Steps that look like splits"
          rows={report.jumps}
          rowKey={(jump) => jump.line}
          maxHeight={160}
          columns={[
            { title: 'Day', cell: (jump) => jump.date },
            { title: 'Line', numeric: true, cell: (jump) => formatCount(jump.line) },
            { title: 'Close before', numeric: true, cell: (jump) => formatNumber(jump.previous_close) },
            { title: 'Price', numeric: true, cell: (jump) => formatNumber(jump.price) },
            { title: 'Looks like', cell: (jump) => jump.near },
          ]}
        />
      )}
    </div>
  )
}

function Notes({ notes, tone }: { notes: readonly string[]; tone: 'bad' | 'warn' }) {
  return notes.map((note) => (
    <p key={note} className={`banner tone-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <span className="grow">{note}</span>
    </p>
  ))
}
