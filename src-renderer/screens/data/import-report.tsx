import { formatCount, formatNumber, formatPlural, humanize } from '#renderer/components/format.ts'
import { Stats } from '#renderer/components/stats.tsx'
import { Table } from '#renderer/components/table.tsx'
import { formatDay } from '#renderer/components/time.ts'
import type { ImportReport } from '#shared/contract/data.ts'
import { kindTitle } from './describe-series.ts'
import { type ImportForm, mappedFields } from './import-form.ts'

const fieldTitles: Partial<Record<keyof ImportForm['mapping'], string>> = {
  ts: 'Date and time',
  vix: 'VIX',
  vix9d: 'VIX9D',
  vix3m: 'VIX3M',
  vix6m: 'VIX6M',
  vwap: 'VWAP',
  contract: 'OCC symbol',
  right: 'Call or put',
  spot: 'Underlying price',
  iv: 'Volatility',
}

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
        {mappedFields(form).map((field) => (
          <label className="field" key={field}>
            <span>{fieldTitles[field] ?? humanize(field)}</span>
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

/** What a gap of a kind is counted in, where not in its rows. */
const gapUnits: Record<string, string> = { option_minutes: 'clock hour', chain: 'clock hour' }

/** What a file holds and what would become of it. */
export function ReportView({ report }: { report: ImportReport }) {
  const { duplicates, gaps, unit } = report
  const badRows = [...report.bad_rows, ...duplicates.in_file_rows]
  return (
    <div className="stack" data-testid="import-report">
      <Notes notes={report.problems} tone="bad" />
      <Notes notes={report.warnings} tone="warn" />
      <Stats
        label="What the file holds"
        stats={[
          { label: 'Rows', value: formatCount(report.rows) },
          { label: `Good ${unit}s`, value: formatCount(report.good) },
          { label: 'Bad rows', value: formatCount(report.bad), tone: report.bad > 0 ? 'loss' : undefined },
          { label: 'Out of session', value: formatCount(report.outside_session) },
          ...(report.kind === 'option_minutes'
            ? [
                { label: 'Later expiries', value: formatCount(report.other_expiries) },
                {
                  label: 'Left out whole',
                  value: formatPlural(report.incomplete.sessions, 'day'),
                  title: 'With a bad row the sums of its day would be too small',
                },
              ]
            : []),
          { label: 'In the lake', value: formatCount(duplicates.in_lake) },
          { label: 'There, differing', value: formatCount(duplicates.in_lake_differing) },
          { label: 'Missing days', value: formatCount(gaps.missing_sessions) },
          { label: 'Would be added', value: formatCount(report.added), tone: 'gain' },
          { label: 'Overwritten', value: formatCount(report.replaced) },
          {
            label: 'Dropped',
            value: formatCount(report.dropped),
            title: 'Rows of the series whose place it takes',
          },
        ]}
      />
      <p className="muted">
        {[report.ticker, kindTitle(report.kind), report.cadence].filter(Boolean).join(', ')},{' '}
        {formatDay(report.first)} – {formatDay(report.last)}, read as {report.file.format}
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
            {formatPlural(gaps.missing_sessions, 'day')} without a {unit}
            {gaps.missing_sessions > gaps.sessions.length && `, the first ${gaps.sessions.length}`}
          </summary>
          <p className="mono">{gaps.sessions.join(', ')}</p>
        </details>
      )}
      {gaps.bars.length > 0 && (
        <details>
          <summary>
            {formatPlural(gaps.missing_bars, gapUnits[report.kind] ?? unit)} missing in{' '}
            {formatPlural(gaps.bars.length, 'day')} that have others
            {gaps.bars.length === 100 && ', the first 100'}
          </summary>
          <p className="mono">
            {gaps.bars.map(({ date, missing, expected }) => `${date}: ${missing} of ${expected}`).join(', ')}
          </p>
        </details>
      )}
      {report.jumps.length > 0 && (
        <Table
          label={report.kind === 'index' ? 'Levels that jump' : 'Steps that look like splits'}
          rows={report.jumps}
          rowKey={(jump, i) => `${jump.line} ${i}`}
          maxHeight={160}
          columns={[
            { title: 'Day', cell: (jump) => jump.date },
            { title: 'Line', numeric: true, cell: (jump) => formatCount(jump.line) },
            {
              title: report.kind === 'index' ? 'Level before' : 'Close before',
              numeric: true,
              cell: (jump) => formatNumber(jump.previous_close),
            },
            {
              title: report.kind === 'index' ? 'Level' : 'Price',
              numeric: true,
              cell: (jump) => formatNumber(jump.price),
            },
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
