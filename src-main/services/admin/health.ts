import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkerStats } from '#main/jobs/executor.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { ServiceContext } from '../context.ts'

interface Means extends Pick<ServiceContext, 'ledger' | 'root'> {
  workers: () => WorkerStats
}

/** State of what the host stands on. */
export function createAdminHealth({ ledger, root, workers }: Means) {
  return {
    async describe(): Promise<ReplyOf<'getAdminHealth'>> {
      const faults = ledger.quickCheck()
      return {
        db: { ok: faults.length === 0, faults, ...ledger.size() },
        migrations: { current: ledger.schema, applied: ledger.migrations },
        cache: await sizeOf(join(root, 'cache')),
        workers: workers(),
        disk: await spaceOf(root),
      }
    },
  }
}

async function sizeOf(folder: string): Promise<{ bytes: number; files: number }> {
  // A workspace need not have a cache, and files of one may go while they are counted.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let bytes = 0
  let files = 0
  for (const entry of entries) {
    if (!entry.isFile()) continue
    files++
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0
  }
  return { bytes, files }
}

async function spaceOf(folder: string) {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { free_bytes: bavail * bsize, total_bytes: blocks * bsize }
  } catch {
    // Some network file systems do not tell.
    return { free_bytes: null, total_bytes: null }
  }
}
