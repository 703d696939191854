import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const script = join(import.meta.dirname, '../../../support/print-instant.ts')

it.each(['UTC', 'America/New_York', 'Asia/Tokyo'])(
  'an instant with a zone is the same on a machine in %s',
  (zone) => {
    const printed = execFileSync(process.execPath, [script], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    })
    expect(Number(printed)).toBe(Date.UTC(2024, 0, 2, 15))
  },
)
