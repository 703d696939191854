import { type Document, isAlias, isMap, isScalar, parseDocument, stringify } from 'yaml'
import { SigmaError } from '#shared/errors.ts'

type JsonObject = Record<string, unknown>
type Path = string[]
const forbidden = ['__proto__', 'constructor', 'prototype']

/**
 * Text of a YAML mapping with `partial` merged in: objects merge, lists and scalars replace, null removes a key (RFC 7396). Where
 * only scalars change, every other byte stays as it is; else comments and the order of keys stay.
 * @throws INVALID_PARAM for keys that reach into prototypes
 */
export function mergeYaml(text: string, partial: JsonObject): string {
  const document = parseDocument(text)
  const edits = listEdits(plainOf(document), partial)
  if (edits.length === 0) return text
  const spliced = spliceScalars(text, document, edits)
  if (spliced !== null) return spliced
  for (const { path, value } of edits) {
    if (value === null) document.deleteIn(path)
    else setIn(document, path, value)
  }
  return document.toString({ lineWidth: 0 })
}

interface Edit {
  path: Path
  /** null removes the key. */
  value: unknown
}

/** The leaves of `partial` that differ from what is there now. */
function listEdits(now: unknown, partial: JsonObject, path: Path = []): Edit[] {
  const edits: Edit[] = []
  for (const [key, value] of Object.entries(partial)) {
    if (forbidden.includes(key)) throw new SigmaError('INVALID_PARAM', `the key ${key} is not allowed`)
    const here = [...path, key]
    const old = isRecord(now) && Object.hasOwn(now, key) ? now[key] : undefined
    if (value === undefined || JSON.stringify(old) === JSON.stringify(value)) continue
    if (isRecord(value) && isRecord(old)) edits.push(...listEdits(old, value, here))
    else if (value !== null || old !== undefined) edits.push({ path: here, value })
  }
  return edits
}

/** The text with scalars replaced where they stand, null where an edit is more than that. */
function spliceScalars(text: string, document: Document, edits: readonly Edit[]): string | null {
  const pieces: { start: number; end: number; with: string }[] = []
  for (const { path, value } of edits) {
    const node = document.getIn(path, true)
    if (!isScalar(node) || node.anchor !== undefined || node.tag !== undefined) return null
    if (!node.range || value === null || typeof value === 'object') return null
    const [start, end] = node.range
    const written = stringify(value, { lineWidth: 0 }).trimEnd()
    if (start === end || written.includes('\n') || text.slice(start, end).includes('\n')) return null
    pieces.push({ start, end, with: written })
  }
  let out = text
  for (const piece of pieces.sort((a, b) => b.start - a.start)) {
    out = out.slice(0, piece.start) + piece.with + out.slice(piece.end)
  }
  // A plain scalar may read differently in its surroundings, inside a flow list for one: then the slow way is right.
  const again = parseDocument(out)
  const holds = edits.every(({ path, value }) => again.getIn(path) === value)
  return again.errors.length === 0 && holds ? out : null
}

function setIn(document: Document, path: Path, value: unknown): void {
  for (let depth = 1; depth < path.length; depth++) {
    const above = path.slice(0, depth)
    // An alias is shared: it is copied here before it is changed.
    if (isAlias(document.getIn(above, true)))
      document.setIn(above, document.createNode(plainAt(document, above)))
  }
  const old = document.getIn(path, true)
  const node = document.createNode(value)
  if (isScalar(old) && isScalar(node)) {
    node.commentBefore = old.commentBefore ?? null
    node.comment = old.comment ?? null
  }
  if (document.contents === null || !isMap(document.contents)) {
    throw new SigmaError('INVALID_PARAM', 'the file is not a mapping of keys to values')
  }
  document.setIn(path, node)
}

function plainOf(document: Document): unknown {
  return document.toJS({ maxAliasCount: 100 })
}

function plainAt(document: Document, path: Path): unknown {
  return path.reduce((here, key) => (isRecord(here) ? here[key] : undefined), plainOf(document))
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
