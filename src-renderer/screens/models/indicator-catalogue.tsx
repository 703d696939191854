import { useState } from 'react'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { DocText } from '#renderer/components/doc-text.tsx'
import { SelectField, TextField } from '#renderer/components/field.tsx'
import { formatCount, humanize } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { type FieldSchema, fieldOf, fieldText } from '#renderer/components/schema-field.ts'
import { EmptyState } from '#renderer/components/states.tsx'
import { findIndicators, type Indicator } from './set-draft.ts'

interface IndicatorCatalogueProps {
  indicators: readonly Indicator[]
  onAdd: (name: string) => void
}

/** Every indicator with what it says, its parameters with range and default, and what it needs. Enter adds the first found. */
export function IndicatorCatalogue({ indicators, onAdd }: IndicatorCatalogueProps) {
  const [text, setText] = useState('')
  const [category, setCategory] = useState('')
  const found = findIndicators(indicators, text, category)
  const categories = [...new Set(indicators.map((each) => each.category))].sort()
  return (
    <Panel
      title="Catalogue"
      note={
        <span className="muted" role="status">
          {formatCount(found.length)} of {formatCount(indicators.length)}
        </span>
      }
    >
      <form
        className="toolbar"
        onSubmit={(event) => {
          event.preventDefault()
          const [first] = found
          if (first !== undefined) onAdd(first.name)
        }}
      >
        <TextField
          label="Search"
          type="search"
          size={24}
          placeholder="volatility, rsi, gap…"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <SelectField label="Category" value={category} onChange={(event) => setCategory(event.target.value)}>
          <option value="">All</option>
          {categories.map((each) => (
            <option key={each} value={each}>
              {humanize(each)}
            </option>
          ))}
        </SelectField>
      </form>
      {found.length === 0 ? (
        <EmptyState title="No indicator by these words" />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <ul className="list scroll catalogue" data-testid="catalogue" aria-label="Indicators" tabIndex={0}>
          {found.map((indicator) => (
            <li key={indicator.name}>
              <IndicatorEntry indicator={indicator} />
              <Button small aria-label={`Add ${indicator.name}`} onClick={() => onAdd(indicator.name)}>
                Add
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function IndicatorEntry({ indicator }: { indicator: Indicator }) {
  const { name, title, category, doc, params, needs, recursive, warmup, warmup_unit, source } = indicator
  const { properties = {} } = indicator.schema as FieldSchema
  return (
    <div className="grow stack tight">
      <span className="row">
        <strong>{title}</strong>
        <code className="muted">{name}</code>
        <Badge>{humanize(category)}</Badge>
        {needs.map((need) => (
          <Badge key={need} tone="warn" title="Needs this series in the lake">
            needs {need}
          </Badge>
        ))}
      </span>
      <span>
        <DocText text={doc} />
      </span>
      <span className="muted">
        {params.length === 0
          ? 'No parameters'
          : params.map((each) => `${each} ${describe(properties[each] ?? {})}`).join(' · ')}
        {' · '}after {formatCount(warmup)} {warmup_unit}
        {recursive && ', settling later'}
        {' · '}
        {source}
      </span>
    </div>
  )
}

/** "= 14 (2 to 500)". */
function describe(schema: FieldSchema): string {
  const field = fieldOf(schema)
  const range =
    field.kind === 'number' ? field.range : field.kind === 'choice' ? field.values.join(' | ') : ''
  const fallback = schema.default === undefined ? '' : `= ${fieldText(schema.default)}`
  return `${fallback}${range === '' ? '' : ` (${range})`}`.trim()
}
