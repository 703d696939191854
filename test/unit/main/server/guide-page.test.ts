import { describe, expect, test } from 'vitest'
import { renderGuide } from '#main/server/guide-page.ts'

/** What stands between the tags of the page's main part. */
const mainOf = (markdown: string) => /<main>([\s\S]*)<\/main>/.exec(renderGuide(markdown))?.[1]

describe('the guide as a page', () => {
  test('keeps headings, lists, tables and paragraphs', () => {
    expect(mainOf('# Methods\n\nTwo\nlines.')).toBe('<h1 id="methods">Methods</h1>\n<p>Two lines.</p>')
    expect(mainOf('1. one\n2. two')).toBe('<ol><li>one</li><li>two</li></ol>')
    expect(mainOf('- a\n- **b**\n')).toBe('<ul><li>a</li><li><strong>b</strong></li></ul>')
    expect(mainOf('| A | B |\n|---|---|\n| 1 \\| 2 | `x` |')).toBe(
      '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1 | 2</td><td><code>x</code></td></tr></tbody></table>',
    )
  })

  test('lists its parts beside it', () => {
    const page = renderGuide('# Methods\n\n## Gate rules\n\ntext')
    expect(page).toContain('<title>Methods · Sigma Lab</title>')
    expect(page).toContain('<a href="#gate-rules">Gate rules</a>')
  })

  test('shows markup as text, in code and out of it', () => {
    expect(mainOf('a <script> & `<b>**x**</b>`')).toBe(
      '<p>a &#60;script&#62; &#38; <code>&#60;b&#62;**x**&#60;/b&#62;</code></p>',
    )
  })
})
