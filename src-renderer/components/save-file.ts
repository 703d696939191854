/** Hands a text to the browser as a download. */
export function saveFile(name: string, text: string, type: string): void {
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
