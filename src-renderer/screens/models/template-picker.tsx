import { useState } from 'react'
import { Badge } from '#renderer/components/badge.tsx'
import { TextField } from '#renderer/components/field.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { setParams } from '#renderer/stores/hash-state.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

export type Template = ReplyOf<'listModelTemplates'>['templates'][number]

interface TemplatePickerProps {
  templates: readonly Template[]
  chosen: Template | undefined
}

/** Templates by pack, narrowed by what is typed. */
export function TemplatePicker({ templates, chosen }: TemplatePickerProps) {
  const [text, setText] = useState('')
  const words = text.toLowerCase().split(/\s+/)
  const found = templates.filter((each) => {
    const { template_id, name, description = '', pack, horizon, cadence } = each
    const hay = `${template_id} ${name} ${description} ${pack} ${horizon} ${cadence}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  })
  return (
    <Panel title="Templates">
      <TextField
        label="Search"
        type="search"
        placeholder="daily equity…"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {found.length === 0 && <EmptyState title="No template by these words" />}
      {[...Map.groupBy(found, ({ pack }) => pack)].map(([pack, members]) => (
        <section key={pack} className="stack tight" aria-label={`Templates of ${pack}`}>
          <h3>{pack}</h3>
          {members.map((template) => (
            <button
              type="button"
              key={template.template_id}
              className="choice"
              aria-pressed={template === chosen}
              data-testid="template"
              onClick={() => setParams({ pack: template.pack, template: template.template_id })}
            >
              <strong>{template.name}</strong>
              <span className="row">
                <Badge>{template.horizon}</Badge>
                <Badge>{template.cadence}</Badge>
                <span className="muted">version {template.template_version}</span>
              </span>
              {template.description !== undefined && <span className="muted">{template.description}</span>}
            </button>
          ))}
        </section>
      ))}
    </Panel>
  )
}
