import type { TSchema } from 'typebox'

// Pieces of Markdown that pages written from the code are made of.

export function descriptionOf(schema: TSchema): string {
  const { description, anyOf = [] } = schema as { description?: string; anyOf?: { description?: string }[] }
  return description ?? anyOf.find((each) => each.description !== undefined)?.description ?? ''
}

export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

export function code(name: string): string {
  return `\`${name}\``
}
