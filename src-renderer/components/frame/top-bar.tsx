import type { ModelSummary } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { useCart } from '#renderer/stores/cart.ts'
import { useModelId, useProfile } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { usePanels } from '#renderer/stores/panels.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import { Badge, DataBadge } from '../badge.tsx'
import { Button } from '../button.tsx'
import { Icon } from '../icon.tsx'
import { profileOptions } from '../profile-options.ts'
import { Segmented } from '../segmented.tsx'
import { ModelPicker } from './model-picker.tsx'

/** What holds for every screen: workspace, model, risk profile, source of the data, theme. */
export function TopBar() {
  const workspace = useQuery('getWorkspace', {}).data
  const models = useQuery('listModels', { query: {} }).data?.models ?? []
  const [modelId] = useModelId()
  const [profile, setProfile] = useProfile()
  const { theme, setTheme } = usePreferences()
  const { show, toggle } = usePanels()
  const count = useCart((cart) => cart.items.length)
  const { screen } = useHash()
  // Runs of any model stand side by side there.
  const model = screen === 'compare' ? undefined : models.find((each) => each.id === modelId)

  return (
    <header className="top-bar">
      <span className="workspace-name" title="Workspace">
        {workspace?.name ?? ''}
      </span>
      <ModelPicker models={models} />
      <Segmented label="Risk profile" options={profileOptions} value={profile} onChange={setProfile} />
      <SourceBadge models={model === undefined ? models : [model]} />
      <span className="spacer" />
      <Button
        look="quiet"
        onClick={() => show('palette')}
        aria-label="Ctrl K: search screens, models and commands"
        data-testid="open-palette"
      >
        <Icon name="search" /> <kbd className="wide-only">Ctrl K</kbd>
      </Button>
      <Button
        look="quiet"
        onClick={() => toggle('cart')}
        aria-label={`Selection cart, ${count} chosen`}
        data-testid="open-cart"
      >
        <Icon name="cart" /> {count}
      </Button>
      <Button
        look="quiet"
        iconOnly
        onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
        aria-label={theme === 'dark' ? 'Switch to the light theme' : 'Switch to the dark theme'}
        data-testid="theme-toggle"
      >
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      </Button>
      <Button look="quiet" iconOnly onClick={() => show('help')} aria-label="Keyboard shortcuts">
        <Icon name="help" />
      </Button>
    </header>
  )
}

/** What the models in view rest on; all models together may rest on both. */
function SourceBadge({ models }: { models: readonly ModelSummary[] }) {
  const sources = new Set(
    models.filter((model) => model.data_source !== null).map((model) => model.simulated),
  )
  if (sources.size === 0) return null
  if (sources.size === 2) return <Badge tone="warn">real and simulated</Badge>
  return <DataBadge simulated={sources.has(true)} />
}
