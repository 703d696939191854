import { CheckField, SelectField, TextField } from '#renderer/components/field.tsx'
import { importKindIds } from '#shared/contract/import-kinds.ts'
import { type ImportForm, kindTexts } from './import-form.ts'

interface ImportFieldsProps {
  form: ImportForm
  onChange: (change: Partial<ImportForm>) => void
}

/** What the file is and how its times are meant. */
export function ImportFields({ form, onChange }: ImportFieldsProps) {
  const { kind } = form
  const hasBarTime = kind === 'bars' || kind === 'option_minutes'
  return (
    <div className="toolbar">
      <SelectField
        label="The file holds"
        value={kind}
        data-testid="import-kind"
        onChange={(event) => onChange({ kind: event.target.value as ImportForm['kind'], mapping: {} })}
      >
        {importKindIds.map((id) => (
          <option key={id} value={id}>
            {kindTexts[id].title}
          </option>
        ))}
      </SelectField>
      <TextField
        label={kindTexts[kind].ticker}
        className="narrow"
        value={form.ticker}
        onChange={(event) => onChange({ ticker: event.target.value })}
      />
      {kind === 'bars' && (
        <SelectField
          label="Bars of"
          value={form.cadence}
          onChange={(event) => onChange({ cadence: event.target.value as ImportForm['cadence'] })}
        >
          <option value="5m">5 minutes</option>
          <option value="hourly">an hour</option>
          <option value="daily">a day</option>
        </SelectField>
      )}
      <TextField
        label="Name of the origin"
        size={10}
        value={form.source}
        onChange={(event) => onChange({ source: event.target.value })}
      />
      <TextField
        label="Zone of times without one"
        size={17}
        value={form.timeZone}
        onChange={(event) => onChange({ timeZone: event.target.value })}
      />
      <SelectField
        label="Times are written"
        value={form.timeFormat}
        onChange={(event) => onChange({ timeFormat: event.target.value as ImportForm['timeFormat'] })}
      >
        <option value="auto">find out</option>
        <option value="iso">2024-07-08 09:30</option>
        <option value="mdy">07/08/2024 (month first)</option>
        <option value="dmy">08/07/2024 (day first)</option>
        <option value="epoch_s">seconds since 1970</option>
        <option value="epoch_ms">milliseconds since 1970</option>
      </SelectField>
      {hasBarTime && (
        <SelectField
          label="A time is that of"
          value={form.barTime}
          onChange={(event) => onChange({ barTime: event.target.value as ImportForm['barTime'] })}
        >
          <option value="open">the beginning of its {kind === 'bars' ? 'bar' : 'minute'}</option>
          <option value="close">the end of its {kind === 'bars' ? 'bar' : 'minute'}</option>
        </SelectField>
      )}
      <SelectField
        label="Decimal sign"
        value={form.decimal}
        onChange={(event) => onChange({ decimal: event.target.value as ImportForm['decimal'] })}
      >
        <option value="">find out</option>
        <option value=".">1.5</option>
        <option value=",">1,5</option>
      </SelectField>
      <SelectField
        label="Rows that are there with other values"
        value={form.onDuplicate}
        onChange={(event) => onChange({ onDuplicate: event.target.value as ImportForm['onDuplicate'] })}
      >
        <option value="skip">leave them</option>
        <option value="replace">overwrite them</option>
      </SelectField>
      <CheckField
        label="Take the place of a series from another source"
        checked={form.isReplacing}
        onChange={(isReplacing) => onChange({ isReplacing })}
      />
    </div>
  )
}
