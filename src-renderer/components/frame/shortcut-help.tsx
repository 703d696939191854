import { screens } from '#renderer/screens/index.ts'
import { usePanels } from '#renderer/stores/panels.ts'
import { Button } from '../button.tsx'
import { Dialog } from '../dialog.tsx'

const general = [
  { keys: 'Ctrl K', what: 'Search screens, models and commands' },
  { keys: '?', what: 'This list' },
  { keys: 'c', what: 'Open or close the selection cart' },
  { keys: 'd', what: 'Dark or light' },
  { keys: '[ ]', what: 'The tab before, the tab after' },
  { keys: '/', what: 'Search in what the screen lists' },
  { keys: 'Ctrl S', what: 'In an editor: look at the changes, then write them' },
  { keys: 'Ctrl Z', what: 'In an editor: undo; with Shift do again' },
  { keys: 'Enter', what: 'In a grid: press the button or link of the cell' },
  { keys: 'Esc', what: 'Close what lies over the screen' },
]

export function ShortcutHelp() {
  const show = usePanels((panels) => panels.show)
  const rows = [
    ...screens.map(({ key, title }) => ({ keys: `g ${key}`, what: `Go to ${title}` })),
    ...general,
  ]
  return (
    <Dialog label="Keyboard shortcuts" onClose={() => show('none')}>
      <div className="dialog-body">
        <div className="row between">
          <h2>Keyboard shortcuts</h2>
          <Button small onClick={() => show('none')}>
            Close
          </Button>
        </div>
        <dl className="pairs">
          {rows.map(({ keys, what }) => (
            <div key={keys} style={{ display: 'contents' }}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  )
}
