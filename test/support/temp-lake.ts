import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Duck, openDuck } from '#main/lake/duck.ts'
import { createLake, type Lake } from '#main/lake/lake.ts'

export interface TempLake {
  root: string
  duck: Duck
  lake: Lake
  /** The lake as a new process would find it. */
  reopen: () => Lake
  remove: () => Promise<void>
}

/** An empty lake in a folder of its own. */
export async function openTempLake(): Promise<TempLake> {
  const root = await mkdtemp(join(tmpdir(), 'sigma-lake-'))
  const duck = await openDuck()
  return {
    root,
    duck,
    lake: createLake(root, duck),
    reopen: () => createLake(root, duck),
    remove: async () => {
      duck.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
