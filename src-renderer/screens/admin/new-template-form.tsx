import { type FormEvent, useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { SelectField, TextField } from '#renderer/components/field.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import type { InputOf } from '#shared/contract/index.ts'
import { assetTypes, cadences, horizons } from '#shared/contract/models.ts'

type NewTemplate = InputOf<'createTemplate'>['body']['template']

interface NewTemplateFormProps {
  packs: readonly string[]
  /** The pack that the list is narrowed to, empty for all. */
  pack: string
  onMade: (templateId: string) => void
}

const plainName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/

/** Drafts a template from the one of its pack that is most like it. */
export function NewTemplateForm({ packs, pack, onMade }: NewTemplateFormProps) {
  const [given, setGiven] = useState<Partial<NewTemplate>>({})
  const create = useAction('createTemplate')
  const template: NewTemplate = {
    template_id: given.template_id ?? '',
    name: given.name ?? '',
    pack: given.pack ?? (pack === '' ? (packs[0] ?? '') : pack),
    asset_type: given.asset_type ?? 'eq',
    horizon: given.horizon ?? 'swing',
    cadence: given.cadence ?? 'daily',
  }
  const isNamed = plainName.test(template.template_id)
  const set = (change: Partial<NewTemplate>) => setGiven({ ...given, ...change })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const named = { ...template, name: template.name === '' ? template.template_id : template.name }
    const reply = await create.run({ body: { template: named } })
    if (reply === undefined) return
    setGiven({})
    onMade(reply.template_id)
  }
  return (
    <Panel
      title="Draft a template"
      actions={<CopyRequest operationId="createTemplate" input={{ body: { template } }} />}
    >
      <form className="toolbar" onSubmit={(event) => void submit(event)}>
        <TextField
          label="Id"
          size={24}
          spellCheck={false}
          placeholder="my_daily_equity"
          value={template.template_id}
          problem={
            template.template_id === '' || isNamed ? undefined : 'letters, digits, dot, dash and underscore'
          }
          onChange={(event) => set({ template_id: event.target.value })}
        />
        <TextField
          label="Name"
          size={26}
          placeholder="as people read it"
          value={template.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <SelectField
          label="Pack"
          value={template.pack}
          onChange={(event) => set({ pack: event.target.value })}
        >
          {packs.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </SelectField>
        <SelectField
          label="Trades"
          value={template.asset_type}
          onChange={(event) => set({ asset_type: event.target.value as (typeof assetTypes)[number] })}
        >
          {assetTypes.map((each) => (
            <option key={each} value={each}>
              {each === 'opt' ? 'options' : 'shares'}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Horizon"
          value={template.horizon}
          onChange={(event) => set({ horizon: event.target.value as (typeof horizons)[number] })}
        >
          {horizons.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </SelectField>
        <SelectField
          label="Bars"
          value={template.cadence}
          onChange={(event) => set({ cadence: event.target.value as (typeof cadences)[number] })}
        >
          {cadences.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </SelectField>
        <Button type="submit" look="primary" disabled={!isNamed || create.pending}>
          Draft it
        </Button>
      </form>
      <ErrorLine error={create.error} />
    </Panel>
  )
}
