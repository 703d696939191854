import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** SHA-256 in hex over the canonical JSON (RFC 8785) of a value: equal content gives an equal name. */
export function shaOf(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('only JSON values have a sha')
  return createHash('sha256').update(text).digest('hex')
}

/** SHA-256 over the raw bytes of typed arrays, in order. */
export function shaOfColumns(columns: readonly ArrayBufferView[]): string {
  const hash = createHash('sha256')
  for (const each of columns) hash.update(new Uint8Array(each.buffer, each.byteOffset, each.byteLength))
  return hash.digest('hex')
}
