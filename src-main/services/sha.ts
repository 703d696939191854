import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** SHA-256 in hex over the canonical JSON (RFC 8785) of a value: equal content gives an equal name. */
export function shaOf(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('only JSON values have a sha')
  return createHash('sha256').update(text).digest('hex')
}

/** SHA-256 over every typed array of some series, by name: a column that is added to a series is part of it at once. */
export function shaOfSeries(...series: readonly object[]): string {
  const hash = createHash('sha256')
  for (const each of series) {
    const columns = Object.entries(each).filter((entry): entry is [string, ArrayBufferView] =>
      ArrayBuffer.isView(entry[1]),
    )
    columns.sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [name, { buffer, byteOffset, byteLength }] of columns) {
      hash.update(`${name}:${byteLength};`).update(new Uint8Array(buffer, byteOffset, byteLength))
    }
  }
  return hash.digest('hex')
}
