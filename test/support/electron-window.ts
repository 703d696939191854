import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
// What the page calls `window.desktop`.
import type {} from '#renderer/api/desktop.ts'
import { electronBinary } from '../../scripts/electron-binary.ts'

const repository = new URL('../../', import.meta.url).pathname

export const binary = electronBinary()

/** Titles of tests that need the binary say why they are skipped where there is none. */
export const titled = (title: string): string =>
  binary === null ? `${title} (skipped: Electron's binary is not installed here)` : title

export interface OpenedWindow {
  program: ElectronApplication
  page: Page
  /** The user's own folder of the program, and the workspace. */
  folder: string
  close: () => Promise<void>
}

/** Starts the built program on a folder of its own, or on one of an earlier start. */
export async function openProgram(options: { folder?: string; args?: string[] } = {}): Promise<OpenedWindow> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sigma-window-')))
  const program = await _electron.launch({
    executablePath: binary ?? '',
    args: startArguments(folder, options.args),
    cwd: repository,
  })
  const page = await program.firstWindow()
  await page.getByTestId('job-strip').waitFor()
  return { program, page, folder, close: () => program.close() }
}

/** What the program is started with; also for a second start of the same one. */
export const startArguments = (folder: string, args: string[] = []): string[] => [
  repository,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  `--user-data-dir=${join(folder, 'user')}`,
  `--workspace=${join(folder, 'workspace')}`,
  ...args,
]

export const forget = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
