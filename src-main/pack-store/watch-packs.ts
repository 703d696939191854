import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'

const debounceMs = 60
const pollMs = 3000

/**
 * Calls `rescan` soon after something under `packs/` changes, and every few seconds besides: network drives and some containers
 * tell nobody of changes. Returns what stops it.
 */
export function watchPacks(root: string, rescan: () => void): () => void {
  let watcher: FSWatcher | null = null
  let pending: NodeJS.Timeout | null = null
  const soon = () => {
    if (pending !== null) return
    pending = setTimeout(() => {
      pending = null
      rescan()
    }, debounceMs)
    pending.unref()
  }
  const start = () => {
    if (watcher !== null) return
    try {
      watcher = watch(join(root, 'packs'), { recursive: true, persistent: false }, soon)
      watcher.on('error', stopWatching)
    } catch {
      // No folder yet, or no watches left: the poll below sees changes too.
      watcher = null
    }
  }
  const stopWatching = () => {
    watcher?.close()
    watcher = null
  }
  start()
  const poll = setInterval(() => {
    start()
    rescan()
  }, pollMs)
  poll.unref()
  return () => {
    clearInterval(poll)
    if (pending !== null) clearTimeout(pending)
    stopWatching()
  }
}
