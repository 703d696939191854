import { createVendorClient, type VendorClient, type VendorOptions } from '#main/vendor/vendor-client.ts'
import { readVendorSettings } from '#main/vendor/vendor-settings.ts'

/** The way to the vendor that all jobs share. */
export interface VendorAccess {
  /** Where the settings come from; the key stays there and in the client. */
  env: Readonly<Record<string, string | undefined>>
  hasKey: () => boolean
  /** Throws INVALID_PARAM where the settings are none. */
  client: () => VendorClient
  /** Two fetches at once would only wait for one another, and might ask for the same. */
  alone: <T>(work: () => Promise<T>) => Promise<T>
}

/** One client for as long as the settings stay: its queue is what keeps all jobs together within the plan. */
export function createVendorAccess(env: VendorAccess['env'], options?: VendorOptions): VendorAccess {
  let made: { settings: string; client: VendorClient } | undefined
  let last: Promise<unknown> = Promise.resolve()
  return {
    env,
    hasKey: () => Boolean(env['POLYGON_API_KEY']),
    client: () => {
      const settings = readVendorSettings(env)
      const text = JSON.stringify([settings.key, settings.origin, settings.perMinute])
      if (made?.settings !== text) made = { settings: text, client: createVendorClient(settings, options) }
      return made.client
    },
    alone: (work) => {
      const done = last.then(work)
      last = done.catch(() => undefined)
      return done
    },
  }
}
