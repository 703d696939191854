import { createReadStream } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, relative, sep } from 'node:path'
import { receiveUpload } from '#main/services/data-import/receive-upload.ts'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'
import { folderInside, resolveInside } from '#main/workspace/safe-path.ts'
import type { DesktopRequest } from '#shared/contract/desktop.ts'
import { SigmaError } from '#shared/errors.ts'
import type { DesktopHandlers } from './answer-page.ts'
import type { VendorKey } from './vendor-key.ts'

/** What the system does for the window, put in so that the rules around it run without one. */
export interface SystemParts {
  /** Folder of the workspace. */
  root: string
  version: string
  vendorKey: VendorKey
  /** A dialog; undefined where it was closed without a choice. */
  askForFile: (extensions: readonly string[]) => Promise<string | undefined>
  askWhereToSave: (name: string) => Promise<string | undefined>
  /** What went wrong; empty where nothing did. */
  openFolder: (path: string) => Promise<string>
  notify: (message: DesktopRequest<'notify'>) => void
  showCommands: (commands: DesktopRequest<'showCommands'>['commands']) => void
}

export const importable = ['csv', 'txt', 'tsv', 'parquet', 'pq'] as const
const readable = ['csv', 'txt'] as const
/** As much as a request with it may carry. */
const mostTextBytes = 900_000

export function createDesktopHandlers(system: SystemParts): DesktopHandlers {
  const { root, version, vendorKey } = system
  return {
    describe: () => ({ version, vendor_key: vendorKey.state() }),

    async chooseFile() {
      const chosen = await system.askForFile(importable)
      if (chosen === undefined) return null
      const bytes = await sizeOf(chosen)
      const path = (await pathInside(root, chosen)) ?? (await copyInto(root, chosen))
      return { path, name: basename(chosen), bytes }
    },

    async chooseText() {
      const chosen = await system.askForFile(readable)
      if (chosen === undefined) return null
      const name = basename(chosen)
      const bytes = await sizeOf(chosen)
      if (bytes > mostTextBytes) {
        throw new SigmaError('INVALID_PARAM', `${name} has ${bytes} bytes; at most ${mostTextBytes} are read`)
      }
      return { name, bytes, text: await readFile(chosen, 'utf8') }
    },

    async saveFile({ name, text }) {
      const target = await system.askWhereToSave(name)
      if (target === undefined) return null
      // A slip in the dialog must not cost the ledger or the token.
      const inside = await pathInside(root, target)
      if (inside !== undefined) resolveInside(root, inside, { parameter: 'file' })
      await writeFileAtomic(target, text)
      return { name: basename(target) }
    },

    async openFolder({ path }) {
      const problem = await system.openFolder(folderInside(root, path, { parameter: 'path' }))
      if (problem !== '') throw new SigmaError('INTERNAL', problem)
      return null
    },

    async keepVendorKey({ key }) {
      await vendorKey.keep(key)
      return vendorKey.state()
    },

    async forgetVendorKey() {
      await vendorKey.forget()
      return vendorKey.state()
    },

    notify: (message) => {
      system.notify(message)
      return null
    },

    showCommands: ({ commands }) => {
      system.showCommands(commands)
      return null
    },
  }
}

async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path)
  if (!stats.isFile()) throw new SigmaError('INVALID_PARAM', `${basename(path)} is not a regular file`)
  return stats.size
}

/** The path of a file as requests write it; undefined for one that lies elsewhere. */
async function pathInside(root: string, path: string): Promise<string | undefined> {
  const real = await realpath(path).catch(() => path)
  const inside = relative(await realpath(root), real)
  const isInside = inside !== '' && !isAbsolute(inside) && inside.split(sep)[0] !== '..'
  return isInside ? inside.split(sep).join('/') : undefined
}

/** The same as an upload of the page, without the way over HTTP. */
function copyInto(root: string, path: string): Promise<string> {
  const type = /\.(parquet|pq)$/i.test(path) ? 'application/octet-stream' : 'text/csv'
  return receiveUpload(root, { type, stream: createReadStream(path) })
}
