import { askDesktop, isDesktop } from '#renderer/api/desktop.ts'
import { asSigmaError } from '#renderer/api/query-cache.ts'
import { useToasts } from '#renderer/stores/toasts.ts'

const types = { csv: 'text/csv', html: 'text/html' } as const

/** Gives a text out as a file: the window asks where, a browser downloads it. */
export function saveFile(stem: string, ending: keyof typeof types, text: string): void {
  const name = `${stem}.${ending}`
  if (isDesktop()) void saveByDialog(name, text)
  else download(name, text, types[ending])
}

async function saveByDialog(name: string, text: string): Promise<void> {
  const { push } = useToasts.getState()
  try {
    const saved = await askDesktop('saveFile', { name, text })
    if (saved !== null) push({ tone: 'good', text: `Saved ${saved.name}` })
  } catch (cause) {
    push({ tone: 'bad', text: `Not saved: ${asSigmaError(cause).message}` })
  }
}

function download(name: string, text: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  // Revoked at once, some browsers would write an empty file.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** Words as the name of a file: "Equity of run 3" is equity-of-run-3. */
export const fileStem = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60)
