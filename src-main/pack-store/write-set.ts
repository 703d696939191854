import { Document, isMap, isSeq, type Node, parseDocument } from 'yaml'
import { formatIndicator, resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { SigmaError } from '#shared/errors.ts'

/**
 * Text of an indicator set. Over an old text, its comments, its other keys and the lines of indicators that stay are kept, and the
 * version goes up by one.
 * @throws INVALID_PARAM for an unknown indicator or parameter
 */
export function writeSetText(
  old: string | null,
  name: string,
  description: string | undefined,
  indicators: readonly unknown[],
): string {
  const document = old === null ? new Document({ name, version: 1 }) : parseDocument(old)
  if (!isMap(document.contents)) document.contents = document.createNode({ name, version: 1 }) as never
  const version = Number(document.get('version'))
  if (old !== null) document.set('version', Number.isInteger(version) ? version + 1 : 1)
  if (description !== undefined) document.set('description', description)

  const kept = new Map<string, Node>()
  const before = document.get('indicators', true)
  if (isSeq(before)) {
    for (const item of before.items as Node[]) {
      const spelling = spellingOf(item.toJS(document))
      if (spelling !== null) kept.set(spelling, item)
    }
  }
  const items = indicators.map((spec) => {
    const { indicator, params } = resolveIndicator(spec)
    return kept.get(formatIndicator(indicator, params)) ?? createItem(document, spec)
  })
  if (isSeq(before)) before.items = items
  else {
    const list = document.createNode([])
    list.items = items as never
    document.set('indicators', list)
  }
  return document.toString({ lineWidth: 0 })
}

function createItem(document: Document | ReturnType<typeof parseDocument>, spec: unknown): Node {
  if (typeof spec !== 'string' && (typeof spec !== 'object' || spec === null)) {
    throw new SigmaError('INVALID_PARAM', `expected an indicator, got ${JSON.stringify(spec)}`)
  }
  const node = document.createNode(spec) as Node
  if (isMap(node)) node.flow = true
  return node
}

function spellingOf(spec: unknown): string | null {
  try {
    const { indicator, params } = resolveIndicator(spec)
    return formatIndicator(indicator, params)
  } catch {
    return null
  }
}
