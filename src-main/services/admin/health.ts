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
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  // All at once: reads of the lake go through the same few threads, and each file would wait for one behind them.
  const parts = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return sizeOf(path)
      if (!entry.isFile()) return { bytes: 0, files: 0 }
      return { bytes: (await stat(path).catch(() => undefined))?.size ?? 0, files: 1 }
    }),
  )
  return {
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    files: parts.reduce((sum, part) => sum + part.files, 0),
  }
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
