import { type FormEvent, useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { Icon } from '#renderer/components/icon.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { formatHash, useHash } from '#renderer/stores/hash-state.ts'
import { useToasts } from '#renderer/stores/toasts.ts'

const screen = 'leaderboard'

/** Views by name: each is a link, so one that is open can be sent to another window as it stands. */
export function SavedViews() {
  const { params } = useHash()
  const query = useQuery('listViews', { query: { screen } })
  const save = useAction('saveView')
  const remove = useAction('deleteView')
  const push = useToasts((store) => store.push)
  const [name, setName] = useState('')
  // An open gate belongs to a moment, not to a view.
  const { gate: _, ...kept } = params
  const here = formatHash(screen, kept)

  const add = async (event: FormEvent) => {
    event.preventDefault()
    const reply = await save.run({ body: { screen, name: name.trim(), params: kept } })
    if (reply !== undefined) setName('')
  }
  const forget = async (id: string) => {
    const reply = await remove.run({ params: { id } })
    if (reply === undefined) return
    const { view } = reply
    push({
      tone: 'info',
      text: `Forgot the view ${view.name}`,
      action: {
        label: 'Undo',
        run: () => void save.run({ body: { screen, name: view.name, params: view.params } }),
      },
    })
  }
  return (
    <form className="row" aria-label="Saved views" onSubmit={(event) => void add(event)}>
      {query.data?.rows.map((view) => (
        <span key={view.id} className={formatHash(screen, view.params) === here ? 'chip tone-info' : 'chip'}>
          <a href={formatHash(screen, view.params)} data-testid="saved-view">
            {view.name}
          </a>
          <Button
            look="quiet"
            small
            aria-label={`Forget the view ${view.name}`}
            onClick={() => void forget(view.id)}
          >
            <Icon name="close" size={9} />
          </Button>
        </span>
      ))}
      <input
        className="input"
        size={14}
        maxLength={60}
        aria-label="Name of this view"
        placeholder="Name this view"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" small data-testid="save-view" disabled={name.trim() === '' || save.pending}>
        Save view
      </Button>
      <ErrorLine error={save.error ?? remove.error} />
    </form>
  )
}
