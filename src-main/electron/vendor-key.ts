import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { readVendorSettings } from '#main/vendor/vendor-settings.ts'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'
import type { VendorKeyState } from '#shared/contract/desktop.ts'
import { SigmaError } from '#shared/errors.ts'

/** Encryption under a secret that the system keeps for this user. */
export interface Keychain {
  /** Why it keeps no secret on this machine; null where it does. */
  obstacle: () => string | null
  encrypt: (text: string) => Uint8Array
  decrypt: (bytes: Buffer) => string
}

export interface VendorKey {
  /** What the host reads its settings from: the environment, and the kept key where that has none. */
  env: Readonly<Record<string, string | undefined>>
  state: () => VendorKeyState
  keep: (key: string) => Promise<void>
  forget: () => Promise<void>
}

const name = 'POLYGON_API_KEY'

/**
 * The vendor's key, encrypted in `path`. One of the environment goes before it. The host gets a copy of the environment: the real
 * one is handed on to every program that is started from here.
 */
export function openVendorKey(
  path: string,
  keychain: Keychain,
  environment: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): VendorKey {
  const env = { ...environment }
  const isOfEnvironment = Boolean(environment[name])
  const kept = isOfEnvironment || keychain.obstacle() !== null ? undefined : readKept(path, keychain, log)
  if (kept !== undefined) env[name] = kept

  return {
    env,
    state: () => ({
      source: isOfEnvironment ? 'environment' : env[name] ? 'keychain' : 'none',
      obstacle: keychain.obstacle(),
    }),
    async keep(key) {
      if (isOfEnvironment) {
        throw new SigmaError('CONFLICT', `${name} is set in the environment, and that one is in force`)
      }
      const obstacle = keychain.obstacle()
      if (obstacle !== null) throw new SigmaError('CONFLICT', obstacle)
      readVendorSettings({ [name]: key })
      await writeFileAtomic(path, keychain.encrypt(key), 0o600)
      env[name] = key
    },
    async forget() {
      await rm(path, { force: true })
      if (!isOfEnvironment) delete env[name]
    },
  }
}

function readKept(path: string, keychain: Keychain, log: (line: string) => void): string | undefined {
  if (!existsSync(path)) return undefined
  try {
    const key = keychain.decrypt(readFileSync(path))
    readVendorSettings({ [name]: key })
    return key
  } catch {
    // What a keychain says of a secret it cannot open may hold part of it.
    log('the kept key of the vendor cannot be read on this machine: enter it again')
    return undefined
  }
}
