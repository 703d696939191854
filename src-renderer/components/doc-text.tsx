/** A sentence of the catalogue, with what stands between backticks as code. */
export function DocText({ text }: { text: string }) {
  const parts = text.split('`')
  // Without a closing backtick the last one is a character like any other.
  if (parts.length % 2 === 0) return text
  return parts.map((part, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
    i % 2 === 0 ? part : <code key={i}>{part}</code>,
  )
}
