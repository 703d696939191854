import { CandleSample } from '#renderer/charts/candle-sample.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { profileOptions } from '#renderer/components/profile-options.ts'
import { Segmented } from '#renderer/components/segmented.tsx'
import { useProfile } from '#renderer/stores/context.ts'
import {
  type CandleStyle,
  type DisplayZone,
  type Theme,
  usePreferences,
} from '#renderer/stores/preferences.ts'
import { AboutPanel } from './about-panel.tsx'
import { ApiSnippets } from './api-snippets.tsx'
import { BackupPanel } from './backup-panel.tsx'
import { MachinePanel } from './machine-panel.tsx'

const themes: readonly { value: Theme; label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
]
const zones: readonly { value: DisplayZone; label: string }[] = [
  { value: 'New York', label: 'New York' },
  { value: 'UTC', label: 'UTC' },
  { value: 'local', label: 'This machine' },
]
const candleStyles: readonly { value: CandleStyle; label: string }[] = [
  { value: 'house', label: 'Teal and vermillion' },
  { value: 'classic', label: 'Green and red' },
  { value: 'hollow', label: 'Hollow and filled' },
]

/** How the window looks on this machine, how scripts reach the workstation, and what it is. */
export function SettingsScreen() {
  const preferences = usePreferences()
  const [profile, setProfile] = useProfile()
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Settings</h1>
        <span className="muted">remembered on this machine</span>
      </div>
      <div className="columns" style={{ '--column': '420px' }}>
        <div className="stack">
          <Panel title="Display">
            <dl className="pairs settings">
              <dt>Theme</dt>
              <dd>
                <Segmented
                  label="Theme"
                  options={themes}
                  value={preferences.theme}
                  onChange={preferences.setTheme}
                />
              </dd>
              <dt>Times in</dt>
              <dd className="row">
                <Segmented
                  label="Time zone"
                  options={zones}
                  value={preferences.zone}
                  onChange={preferences.setZone}
                />
                <span className="muted" data-testid="zone-sample">
                  the opening bell of 2 July 2024 is {formatTime('2024-07-02T13:30:00Z').slice(11)}{' '}
                  {zoneName()}
                </span>
              </dd>
              <dt>Candles</dt>
              <dd className="row">
                <Segmented
                  label="Candle colours"
                  options={candleStyles}
                  value={preferences.candles}
                  onChange={preferences.setCandles}
                />
                <CandleSample />
              </dd>
              <dt>Risk profile</dt>
              <dd>
                <Segmented
                  label="Risk profile to start with"
                  options={profileOptions}
                  value={profile}
                  onChange={setProfile}
                />
              </dd>
            </dl>
            <p className="muted">
              Hours of decision are always those of New York, whatever zone times are written in.
            </p>
          </Panel>
          <MachinePanel />
          <BackupPanel />
          <AboutPanel />
        </div>
        <ApiSnippets />
      </div>
    </div>
  )
}
