import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Removes the sample workspace that this run of the tests may have made. */
export function setup(): () => Promise<void> {
  return async () => {
    for (const ending of ['', '.building']) {
      await rm(join(tmpdir(), `sigma-sample-${process.pid}${ending}`), { recursive: true, force: true })
    }
  }
}
