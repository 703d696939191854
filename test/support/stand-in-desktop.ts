import type { Page } from '@playwright/test'
// What the page calls `window.desktop`.
import type {} from '#renderer/api/desktop.ts'
import type { DesktopBridge, DesktopMethod } from '#shared/contract/desktop.ts'

/** Lets the page find a desktop window that keeps its requests and answers as the test says. */
export async function standInDesktop(
  page: Page,
  answers: Partial<Record<DesktopMethod, unknown>>,
): Promise<{
  asked: [DesktopMethod, unknown][]
  command: (id: string) => Promise<void>
  link: (hash: string) => Promise<void>
}> {
  const asked: [DesktopMethod, unknown][] = []
  await page.exposeFunction('askStandIn', (method: DesktopMethod, request: unknown) => {
    asked.push([method, request])
    return answers[method] ?? { ok: true, value: null }
  })
  await page.addInitScript(() => {
    const ask = Reflect.get(globalThis, 'askStandIn') as (
      method: string,
      request: unknown,
    ) => Promise<unknown>
    const listeners: Record<string, (text: string) => void> = {}
    const listen = (name: string) => (listener: (text: string) => void) => {
      listeners[name] = listener
      return () => Reflect.deleteProperty(listeners, name)
    }
    const bridge = new Proxy(
      {},
      {
        get: (_, name) =>
          name === 'onCommand' || name === 'onLink'
            ? listen(name)
            : (request: unknown) => ask(String(name), request),
      },
    )
    window.desktop = bridge as DesktopBridge
    Reflect.set(globalThis, 'tellPage', (name: string, text: string) => listeners[name]?.(text))
  })
  const tell = (name: string) => (text: string) =>
    page.evaluate(
      ([to, words]) => (Reflect.get(globalThis, 'tellPage') as (a?: string, b?: string) => void)(to, words),
      [name, text],
    )
  return { asked, command: tell('onCommand'), link: tell('onLink') }
}
