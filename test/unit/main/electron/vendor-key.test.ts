import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Keychain, openVendorKey } from '#main/electron/vendor-key.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const key = 'canary-key-0123456789'

/** Turns every byte around: enough to see whether a text was encrypted. */
const turned = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0xa5))
const keychain: Keychain = {
  obstacle: () => null,
  encrypt: (text) => turned(Buffer.from(text)),
  decrypt: (bytes) => turned(bytes).toString(),
}

function start(
  path = join(temporaryFolder(), 'vendor-key'),
  parts: { keychain?: Keychain; env?: Record<string, string> } = {},
) {
  const log: string[] = []
  const vendorKey = openVendorKey(path, parts.keychain ?? keychain, parts.env ?? { HOME: '/h' }, (line) =>
    log.push(line),
  )
  return { path, log, vendorKey }
}

describe('the key of the vendor', () => {
  test('is kept encrypted, for its owner only, and is there at the next start', async () => {
    const { path, vendorKey } = start()
    expect(vendorKey.state()).toEqual({ source: 'none', obstacle: null })
    await vendorKey.keep(key)
    expect(vendorKey.state().source).toBe('keychain')
    expect(vendorKey.env).toEqual({ HOME: '/h', POLYGON_API_KEY: key })
    expect(readFileSync(path).includes(key)).toBe(false)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(start(path).vendorKey.env['POLYGON_API_KEY']).toBe(key)
  })

  test('never gets into the environment that programs started from here inherit', async () => {
    const env = { HOME: '/h' }
    const { vendorKey } = start(undefined, { env })
    await vendorKey.keep(key)
    expect(env).toEqual({ HOME: '/h' })
  })

  test('is forgotten on demand', async () => {
    const { path, vendorKey } = start()
    await vendorKey.keep(key)
    await vendorKey.forget()
    expect([existsSync(path), vendorKey.env['POLYGON_API_KEY'], vendorKey.state().source]).toEqual([
      false,
      undefined,
      'none',
    ])
  })

  test('of the environment goes before a kept one and is not replaced', async () => {
    const { path, vendorKey } = start()
    await vendorKey.keep(key)
    const second = start(path, { env: { POLYGON_API_KEY: 'environment-key' } }).vendorKey
    expect([second.state().source, second.env['POLYGON_API_KEY']]).toEqual(['environment', 'environment-key'])
    await expect(second.keep(key)).rejects.toMatchObject({ code: 'CONFLICT' })
    await second.forget()
    expect(second.env['POLYGON_API_KEY']).toBe('environment-key')
  })

  test('that is none is refused without being repeated', async () => {
    const { path, vendorKey } = start()
    for (const bad of ['', 'short', 'with space inside', `${key}\n`]) {
      const refusal = await vendorKey.keep(bad).catch((error: unknown) => error as Error & { code: string })
      expect(refusal).toMatchObject({ code: 'INVALID_PARAM' })
      if (bad !== '') expect((refusal as Error).message).not.toContain(bad)
    }
    expect(existsSync(path)).toBe(false)
  })

  test('is not kept where there is no keychain, and the reason says what to do', async () => {
    const none: Keychain = { ...keychain, obstacle: () => 'no keychain: set POLYGON_API_KEY' }
    const { path, vendorKey } = start(undefined, { keychain: none })
    expect(vendorKey.state()).toEqual({ source: 'none', obstacle: 'no keychain: set POLYGON_API_KEY' })
    await expect(vendorKey.keep(key)).rejects.toThrow('set POLYGON_API_KEY')
    expect(existsSync(path)).toBe(false)
  })

  test('that cannot be decrypted is none, and the log does not say what it was', () => {
    const path = join(temporaryFolder(), 'vendor-key')
    writeFileSync(path, key)
    const failing: Keychain = {
      ...keychain,
      decrypt: (bytes) => {
        throw new Error(`cannot decrypt ${bytes.toString()}`)
      },
    }
    const { vendorKey, log } = start(path, { keychain: failing })
    expect(vendorKey.state().source).toBe('none')
    expect(log).toEqual(['the kept key of the vendor cannot be read on this machine: enter it again'])
    // Bytes of another machine may decrypt to what is no key.
    expect(start(path).vendorKey.state().source).toBe('none')
  })
})
