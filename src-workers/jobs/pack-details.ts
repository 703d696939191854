import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { SigmaError } from '#shared/errors.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import type { packDetailsJob as spec } from '#shared/jobs/pack-details.ts'
import { packedJson } from '#shared/packed-json.ts'

/** Figures do not repeat, so a harder try would cost four times as much for a tenth of the bytes. */
const level = 1

export const packDetails: JobHandler<typeof spec> = ({ details }, { cancelled }) =>
  details.map((detail) => {
    if (cancelled()) throw new SigmaError('CANCELED', 'packing the details of runs was canceled')
    const text = packedJson(detail)
    // Copied out of Node's pool, which no thread may give away.
    const bytes = new Uint8Array(gzipSync(text, { level }))
    return { sha: createHash('sha256').update(text).digest('hex'), bytes }
  })
