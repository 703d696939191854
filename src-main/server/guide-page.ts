import { anchorOf, escapeHtml, pageStyle } from './page-style.ts'

/** The part of Markdown that the guide is written in (headings, lists, tables, paragraphs) as a page that works offline. */
export function renderGuide(markdown: string): string {
  const blocks = markdown.trim().split(/\n{2,}/)
  const headings = blocks.flatMap((block) => /^(#{1,3}) (.+)$/.exec(block)?.slice(1, 3) ?? [])
  const title = headings[1] ?? 'Guide'
  const contents = blocks.flatMap((block) => {
    const text = /^## (.+)$/.exec(block)?.[1]
    return text === undefined ? [] : [`<li><a href="#${anchorOf(text)}">${renderWords(text)}</a></li>`]
  })
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Sigma Lab</title><style>${pageStyle}</style></head><body>
<nav><p><strong>${escapeHtml(title)}</strong></p><ul>${contents.join('')}</ul></nav>
<main>${blocks.map(renderBlock).join('\n')}</main></body></html>`
}

function renderBlock(block: string): string {
  const [, marks, heading] = /^(#{1,3}) (.+)$/.exec(block) ?? []
  if (marks !== undefined && heading !== undefined) {
    return `<h${marks.length} id="${anchorOf(heading)}">${renderWords(heading)}</h${marks.length}>`
  }
  const lines = block.split('\n')
  if (lines.every((line) => line.startsWith('|'))) return renderTable(lines)
  if (lines.every((line) => line.startsWith('- '))) return renderList('ul', lines, 2)
  if (lines.every((line) => /^\d\. /.test(line))) return renderList('ol', lines, 3)
  return `<p>${renderWords(lines.join(' '))}</p>`
}

const renderList = (tag: 'ul' | 'ol', lines: readonly string[], from: number): string =>
  `<${tag}>${lines.map((line) => `<li>${renderWords(line.slice(from))}</li>`).join('')}</${tag}>`

function renderTable([head = '', , ...rows]: readonly string[]): string {
  const row = (line: string, tag: 'th' | 'td') =>
    // A bar that belongs to the text is written with a backslash before it.
    `<tr>${line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => `<${tag}>${renderWords(cell.trim().replaceAll('\\|', '|'))}</${tag}>`)
      .join('')}</tr>`
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((line) => row(line, 'td')).join('')}</tbody></table>`
}

/** Code and bold; nothing inside of code is anything else. */
function renderWords(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`') && part.endsWith('`') && part.length > 2
        ? `<code>${escapeHtml(part.slice(1, -1))}</code>`
        : escapeHtml(part).replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>'),
    )
    .join('')
}
