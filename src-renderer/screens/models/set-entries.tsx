import { useEffect, useRef, useState } from 'react'
import { Button } from '#renderer/components/button.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { Icon } from '#renderer/components/icon.tsx'
import { meantInstead } from '#renderer/components/meant-instead.ts'
import type { FieldSchema } from '#renderer/components/schema-field.ts'
import { SchemaFields } from '#renderer/components/schema-fields.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { useToasts } from '#renderer/stores/toasts.ts'
import {
  type DraftEntry,
  type EntryState,
  entryOf,
  type Indicator,
  moveEntry,
  removeEntry,
  type SetDraft,
  setParam,
} from './set-draft.ts'

interface SetEntriesProps {
  draft: SetDraft
  /** What the host made of each entry, in their order; it may be an answer behind. */
  states: readonly EntryState[]
  isSettled: boolean
  catalogue: readonly Indicator[]
  onChange: (draft: SetDraft, part?: string) => void
}

/** The entries of a set in the order of their columns, each with its parameters and what comes out of it. */
export function SetEntries({ draft, states, isSettled, catalogue, onChange }: SetEntriesProps) {
  const push = useToasts((store) => store.push)
  // What was there when the editor opened is folded, what is added lies open.
  const [first] = useState(() => new Set(draft.entries.map(({ id }) => id)))
  const [toggled, setToggled] = useState<readonly number[]>([])
  const list = useRef<HTMLOListElement>(null)
  const count = useRef(draft.entries.length)
  // What is added stands at the end, which may be out of sight.
  useEffect(() => {
    if (draft.entries.length > count.current)
      list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
    count.current = draft.entries.length
  }, [draft.entries.length])
  const isOpen = (id: number) => toggled.includes(id) === first.has(id)
  if (draft.entries.length === 0) {
    return <EmptyState title="No indicators yet">Add them from the catalogue.</EmptyState>
  }
  const remove = (entry: DraftEntry, state: EntryState | undefined) => {
    onChange(removeEntry(draft, entry.id))
    const undo = () => onChange(draft)
    push({
      tone: 'info',
      text: `${state?.spelling ?? nameOf(entry)} removed`,
      action: { label: 'Undo', run: undo },
    })
  }
  const toggle = (id: number) =>
    setToggled(toggled.includes(id) ? toggled.filter((each) => each !== id) : [...toggled, id])
  return (
    <ol className="entries" ref={list} data-testid="set-entries">
      {draft.entries.map((entry, i) => {
        const state = states[i]
        const indicator = catalogue.find(({ name }) => name === state?.name)
        const name = state?.spelling ?? nameOf(entry)
        return (
          <li key={entry.id} className={state?.problem == null ? undefined : 'faulty'}>
            <div className="row between nowrap">
              <button
                type="button"
                className="entry-title grow"
                aria-expanded={isOpen(entry.id)}
                title={indicator?.doc}
                onClick={() => toggle(entry.id)}
              >
                <span className="muted" aria-hidden="true">
                  {isOpen(entry.id) ? '▾' : '▸'}
                </span>{' '}
                <strong>{indicator?.title ?? nameOf(entry)}</strong> <code className="muted">{name}</code>
              </button>
              <span className="row nowrap">
                <Button
                  small
                  look="quiet"
                  aria-label={`Move ${name} up`}
                  disabled={i === 0}
                  onClick={() => onChange(moveEntry(draft, entry.id, -1))}
                >
                  ↑
                </Button>
                <Button
                  small
                  look="quiet"
                  aria-label={`Move ${name} down`}
                  disabled={i === draft.entries.length - 1}
                  onClick={() => onChange(moveEntry(draft, entry.id, 1))}
                >
                  ↓
                </Button>
                <Button small look="quiet" aria-label={`Remove ${name}`} onClick={() => remove(entry, state)}>
                  <Icon name="close" size={11} />
                </Button>
              </span>
            </div>
            {state?.problem != null && (
              <Problem
                message={state.problem}
                onTake={(was, is) => onChange(renamed(draft, entry, was, is))}
              />
            )}
            {isOpen(entry.id) && state !== undefined && indicator !== undefined && (
              <SchemaFields
                label={name}
                schema={indicator.schema as FieldSchema}
                values={state.params}
                isSettled={isSettled}
                onChange={(change) =>
                  onChange(setParam(draft, entry.id, state, change), `${entry.id} ${Object.keys(change)}`)
                }
              />
            )}
            {isOpen(entry.id) && state?.problem === null && (
              <p className="muted">
                {state.outputs.join(', ')} · after {formatPlural(state.warmup, unitOf(state))}
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}

const unitOf = ({ warmup_unit }: EntryState): string => (warmup_unit === 'sessions' ? 'session' : 'row')

function Problem({ message, onTake }: { message: string; onTake: (was: string, is: string) => void }) {
  const meant = meantInstead(message)
  return (
    <p className="row loss" role="alert">
      {message}
      {meant !== null && (
        <Button small onClick={() => onTake(meant.was, meant.is)}>
          Use {meant.is}
        </Button>
      )}
    </p>
  )
}

const nameOf = ({ spec }: DraftEntry): string =>
  typeof spec === 'string' ? spec : String(spec['name'] ?? JSON.stringify(spec))

/** The draft with a mistyped word of an entry put right. */
function renamed(draft: SetDraft, { id, spec }: DraftEntry, was: string, is: string): SetDraft {
  const mended = JSON.parse(JSON.stringify(spec).replace(was, is)) as typeof spec
  return {
    ...draft,
    entries: draft.entries.map((entry) => (entry.id === id ? { ...entryOf(mended), id } : entry)),
  }
}
