import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  visit,
} from 'yaml'
import type { FileFault } from '#shared/catalog/packs/check-file.ts'
import type { PackProblem } from './problem.ts'

export const maxYamlBytes = 1024 * 1024
const maxDepth = 100
const maxAliases = 100
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * A YAML file as text and plain value, which is undefined where there are problems. The tree, many times as large, is not kept:
 * a line that is asked for is worth parsing again.
 */
export interface ParsedYaml {
  text: string
  /** Whether it is YAML at all, if not what the product takes. */
  isYaml: boolean
  value: unknown
  problems: PackProblem[]
  /** A fault of the value as a problem with the line of the key it is about. */
  locate: (fault: FileFault) => PackProblem
}

/**
 * Parses one YAML document from an untrusted file. Size and depth are checked before a tree is built, because deep nesting overruns
 * the stack of a recursive composer; unknown tags, keys that reach into prototypes and alias bombs are refused. Never throws.
 */
export function parseYaml(path: string, text: string): ParsedYaml {
  const problem = (offset: number | null, message: string) => problemAt(path, text, offset, message)
  const refuse = (problems: PackProblem[], isYaml = false): ParsedYaml => {
    return { text, isYaml, value: undefined, problems, locate: ({ message }) => problem(null, message) }
  }
  if (Buffer.byteLength(text) > maxYamlBytes) return refuse([problem(null, 'the file is larger than 1 MB')])
  try {
    const { tokens, deep } = tokensOf(text)
    if (deep !== null) return refuse([problem(deep, `nested deeper than ${maxDepth} levels`)])
    const [document, second] = composed(tokens, text)
    if (second !== undefined)
      return refuse([problem(second.range[0], 'a file holds one document, not several')])
    const faults = [...document.errors, ...document.warnings].map(({ pos, message }) =>
      problem(pos[0], message),
    )
    if (faults.length > 0) return refuse(faults)
    const badKey = findForbiddenKey(document)
    if (badKey !== null) return refuse([problem(badKey.offset, badKey.message)], true)
    const value: unknown = document.toJS({ maxAliasCount: maxAliases })
    return soundYaml(path, text, value)
  } catch (cause) {
    return refuse([problem(null, cause instanceof Error ? cause.message : String(cause))])
  }
}

/** A text that is known to have this value. */
export function soundYaml(path: string, text: string, value: unknown): ParsedYaml {
  const locate = ({ at, message }: FileFault) => problemAt(path, text, offsetOf(treeOf(text), at), message)
  return { text, isYaml: true, value, problems: [], locate }
}

function problemAt(path: string, text: string, offset: number | null, message: string): PackProblem {
  if (offset === null) return { path, line: null, column: null, message }
  const { line, col } = countLines(text).linePos(offset)
  return { path, line: Math.max(line, 1), column: Math.max(col, 1), message }
}

/** The tree of a text that has been parsed before. */
function treeOf(text: string): Document {
  return composed(tokensOf(text).tokens, text)[0]
}

/** The documents of a text, an empty one if it holds nothing. */
function composed(tokens: CST.Token[], text: string): [Document.Parsed, ...Document.Parsed[]] {
  const documents = [...new Composer({ prettyErrors: false }).compose(tokens, true, text.length)]
  return documents as [Document.Parsed, ...Document.Parsed[]]
}

/**
 * The concrete syntax, and the offset at which nesting passes the limit, null if it never does. This parser keeps a stack of its own,
 * which tells; the composer after it would overrun the program's.
 */
function tokensOf(text: string): { tokens: CST.Token[]; deep: number | null } {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > maxDepth) return { tokens, deep: parser.offset }
  }
  tokens.push(...parser.end())
  return { tokens, deep: null }
}

function countLines(text: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  return lines
}

function findForbiddenKey(document: Document): { offset: number | null; message: string } | null {
  let found: { offset: number | null; message: string } | null = null
  visit(document, {
    Pair(_, pair) {
      const { key } = pair
      const offset = isNode(key) ? (key.range?.[0] ?? null) : null
      if (isScalar(key) && forbiddenKeys.has(String(key.value)))
        found = { offset, message: `the key ${key.value} is not allowed` }
      else if (key !== null && !isScalar(key)) found = { offset, message: 'a key must be plain text' }
      return found === null ? undefined : visit.BREAK
    },
  })
  return found
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value
}

/** Start of the key or item at a path, or of the nearest one above it. */
function offsetOf(document: Document, at: readonly (string | number)[]): number {
  let node: unknown = document.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const key of at) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      if (!isPair(pair)) break
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(key)]
      if (!isNode(node)) break
      offset = node.range?.[0] ?? offset
    } else break
  }
  return offset
}
