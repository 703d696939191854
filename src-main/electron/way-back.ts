import { app, type BrowserWindow, dialog } from 'electron'
import type { Host } from '../host.ts'
import { closeQuestion } from './close-question.ts'

/** Shows what stopped, and goes on with what the person chooses. */
export function watchWindow(window: BrowserWindow, load: () => void): void {
  const { webContents } = window
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    offer(
      window,
      'The page stopped',
      `It ended unexpectedly (${reason}). Jobs go on meanwhile; nothing that was stored is lost.`,
      load,
    )
  })
  webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    // -3: a load that another one took over from.
    if (!isMainFrame || code === -3) return
    offer(window, 'The page could not be opened', `${description} (${code})`, load)
  })
  window.on('unresponsive', () => {
    const choice = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: 'The page does not answer',
      detail: 'You can wait for it or load it again. Jobs go on meanwhile.',
      buttons: ['Wait', 'Load again'],
      cancelId: 0,
    })
    if (choice === 1) {
      webContents.forcefullyCrashRenderer()
      load()
    }
  })
}

function offer(window: BrowserWindow, message: string, detail: string, load: () => void): void {
  const choice = dialog.showMessageBoxSync(window, {
    type: 'error',
    message,
    detail,
    buttons: ['Load again', 'Quit'],
    cancelId: 1,
  })
  if (choice === 0) load()
  else app.quit()
}

/** What a fault of the host leaves is a process that cannot be trusted; the ledger can, so the way back is a new start. */
export function offerRestart(title: string, error: unknown): void {
  const choice = dialog.showMessageBoxSync({
    type: 'error',
    message: title,
    detail: `${error instanceof Error ? error.message : String(error)}\n\nNothing that was stored is lost.`,
    buttons: ['Start again', 'Quit'],
    cancelId: 1,
  })
  if (choice === 0) app.relaunch()
  app.exit(1)
}

/** Asks once before the window closes on jobs that are not done; whoever closes it otherwise asks what this returns. */
export function guardClose(window: BrowserWindow, host: Host): () => boolean {
  let isAgreed = false
  const mayClose = () => {
    const question = isAgreed ? undefined : closeQuestion(host.liveJobs())
    if (question === undefined) return true
    const { message, detail, buttons } = question
    const choice = dialog.showMessageBoxSync(window, {
      type: 'question',
      message,
      detail,
      buttons: [...buttons],
      defaultId: 0,
      cancelId: 0,
    })
    isAgreed = choice === 1
    return isAgreed
  }
  window.on('close', (event) => {
    if (!mayClose()) event.preventDefault()
  })
  return mayClose
}
