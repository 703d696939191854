import { type KeyboardEvent, useId, useState } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { screens } from '#renderer/screens/index.ts'
import { useLinkTo, useProfile } from '#renderer/stores/context.ts'
import { navigate } from '#renderer/stores/hash-state.ts'
import { usePanels } from '#renderer/stores/panels.ts'
import { Dialog } from '../dialog.tsx'
import { profileOptions } from '../profile-options.ts'
import { useScreenCommands, useViewCommands } from './frame-commands.ts'
import { type Command, rankCommands } from './rank-commands.ts'

const SHOWN = 40

/** Everything the window can do, by typing. */
export function Palette() {
  const show = usePanels((panels) => panels.show)
  const commands = useCommands()
  const listId = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const found = rankCommands(text, commands).slice(0, SHOWN)
  const chosen = Math.min(active, found.length - 1)

  const run = (command: Command | undefined) => {
    if (command === undefined) return
    show('none')
    command.run()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      const next = (chosen + step + found.length) % Math.max(1, found.length)
      setActive(next)
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(found[chosen])
    }
  }

  return (
    <Dialog label="Command palette" onClose={() => show('none')}>
      <input
        className="palette-input"
        role="combobox"
        aria-label="Search screens, models and commands"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${chosen}` : undefined}
        placeholder="Go to a screen, a model, a run…"
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKey}
      />
      <div className="palette-list" role="listbox" id={listId} aria-label="Found">
        {found.map((command, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above carries the keys
          <div
            key={command.id}
            id={`${listId}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            onClick={() => run(command)}
            onMouseMove={() => setActive(i)}
          >
            {command.title}
            <span className="hint">{command.hint}</span>
          </div>
        ))}
        {found.length === 0 && <p className="state">Nothing by that name</p>}
      </div>
    </Dialog>
  )
}

function useCommands(): Command[] {
  const models = useQuery('listModels', { query: {} }).data?.models ?? []
  const linkTo = useLinkTo()
  const [, setProfile] = useProfile()
  const go = (hash: string) => () => {
    location.hash = hash
  }
  return [
    ...useScreenCommands(),
    ...screens.flatMap(({ id, title, tabs = [] }) =>
      tabs.map((tab) => ({
        id: `tab ${id} ${tab.id}`,
        title: `${title}: ${tab.title}`,
        hint: tab.words ?? 'tab',
        run: go(linkTo(id, { tab: tab.id })),
      })),
    ),
    ...models
      .filter((model) => model.buildable)
      .flatMap(({ id, pack_id }) => [
        {
          id: `sweeps ${id}`,
          title: `Sweep ${id}`,
          hint: pack_id,
          run: go(linkTo('sweeps', { model_id: id })),
        },
        {
          id: `matrix ${id}`,
          title: `Matrix of ${id}`,
          hint: pack_id,
          run: go(linkTo('matrix', { model_id: id })),
        },
        {
          id: `board ${id}`,
          title: `Leaderboard of ${id}`,
          hint: pack_id,
          run: go(linkTo('leaderboard', { model_id: id })),
        },
      ]),
    ...profileOptions.map(({ value, label }) => ({
      id: `profile ${value}`,
      title: `Risk profile: ${label}`,
      hint: 'profile',
      run: () => setProfile(value),
    })),
    ...useViewCommands(),
    { id: 'run', title: 'Open run by number', hint: 'type # and the number', run: () => navigate('run') },
  ]
}
