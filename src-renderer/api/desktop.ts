import type {
  DesktopBridge,
  DesktopCalls,
  DesktopMethod,
  DesktopReplyOf,
  DesktopRequest,
} from '#shared/contract/desktop.ts'
import { SigmaError } from '#shared/errors.ts'

declare global {
  interface Window {
    desktop?: DesktopBridge
  }
}

/** Whether the page stands in the desktop window; else it is in a browser and does without what only a desktop can. */
export const isDesktop = (): boolean => bridge() !== undefined

/** One request to the window. Rejects with the window's own SigmaError. */
export async function askDesktop<M extends DesktopMethod>(
  method: M,
  request: DesktopRequest<M>,
): Promise<DesktopReplyOf<M>> {
  const calls: DesktopCalls | undefined = bridge()
  if (calls === undefined) {
    throw new SigmaError('CONFLICT', 'this needs the desktop window; the page is open in a browser')
  }
  const answer = await calls[method](request)
  if (answer.ok) return answer.value
  const { code, message, details } = answer.error
  throw new SigmaError(code, message, details === undefined ? {} : { details })
}

/** Follows what is chosen in the menu, by the id of its command. Returns how to stop. */
export const followMenu = (run: (id: string) => void): (() => void) => bridge()?.onCommand(run) ?? (() => {})

/** Follows links that the system hands to the window. Returns how to stop. */
export const followLinks = (go: (hash: string) => void): (() => void) => bridge()?.onLink(go) ?? (() => {})

/** A message of the system, from the window or, in a browser that was allowed to, from the browser. */
export function notify(message: DesktopRequest<'notify'>): void {
  if (isDesktop()) {
    // A message that could not be shown is no fault of what it is about.
    void askDesktop('notify', message).catch(() => {})
    return
  }
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  const shown = new Notification(message.title, { body: message.body })
  shown.onclick = () => {
    focus()
    location.hash = message.hash
  }
}

/** Asks for what messages need, which only a person's own choice may do. False where the browser refuses them. */
export async function allowMessages(): Promise<boolean> {
  if (isDesktop()) return true
  if (typeof Notification === 'undefined') return false
  return (await Notification.requestPermission()) === 'granted'
}

function bridge(): DesktopBridge | undefined {
  return typeof window === 'undefined' ? undefined : window.desktop
}
