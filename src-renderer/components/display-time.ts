import { usePreferences } from '#renderer/stores/preferences.ts'
import { formatInZone } from './time.ts'

/** A time in the zone of the settings, 2024-03-08 10:30. */
export const formatTime = (timestamp: string | null | undefined): string =>
  formatInZone(timestamp, usePreferences.getState().zone)

/** That zone by name, for the head of a column. */
export function zoneName(): string {
  const { zone } = usePreferences.getState()
  return zone === 'local' ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone
}
