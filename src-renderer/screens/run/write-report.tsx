import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { drawPicture } from '#renderer/charts/draw-picture.ts'
import type { PlotSpec } from '#renderer/charts/plot-spec.ts'
import { type DrawChart, ReportMode } from '#renderer/components/report-mode.ts'
import type { Theme } from '#renderer/stores/preferences.ts'
import baseCss from '../../components/base.css?inline'
import controlsCss from '../../components/controls.css?inline'
import dataCss from '../../components/data.css?inline'
import layoutCss from '../../components/layout.css?inline'
import lineageCss from '../../components/lineage.css?inline'
import tokensCss from '../../components/tokens.css?inline'
import reportCss from './report.css?inline'

/** Pixels that a picture is drawn for; it scales with the page. */
const WIDTH = 1100

/**
 * A page as one HTML file: pictures and styles inside, no script, and a policy that lets it ask nobody for anything. It is rendered
 * twice: first to learn which charts it holds, then with their pictures. The same content gives the same bytes.
 */
export async function writeReport(title: string, page: ReactNode, theme: Theme): Promise<string> {
  const specs = new Map<string, PlotSpec>()
  render(page, (spec) => {
    specs.set(spec.label, spec)
    return ''
  })
  const pictures = new Map<string, string>()
  for (const [label, spec] of specs) {
    pictures.set(label, await drawPicture(spec, WIDTH, `p${pictures.size}`))
  }
  const body = render(page, ({ label }) => pictures.get(label) ?? '')
  // A checkbox stands for the theme, since nothing may run here.
  const tokens = tokensCss.replaceAll(/\[data-theme="?light"?\]/g, ':root:has(#light:checked)')
  const css = [tokens, baseCss, controlsCss, layoutCss, dataCss, lineageCss, reportCss].join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title>
<style>${css}</style>
</head>
<body>
<label class="theme-choice"><input type="checkbox" id="light"${theme === 'light' ? ' checked' : ''}> Light</label>
${body}
</body>
</html>
`
}

function render(page: ReactNode, draw: DrawChart): string {
  const element = document.createElement('div')
  const root = createRoot(element, { identifierPrefix: 'report' })
  flushSync(() => root.render(<ReportMode value={draw}>{page}</ReportMode>))
  const html = element.innerHTML
  root.unmount()
  return numberIds(html)
}

/** React counts ids on from page to page; counted from 0 in each, equal pages are equal bytes. */
function numberIds(html: string): string {
  const ids = new Map<string, string>()
  return html.replaceAll(/_reportr_[0-9a-z]+_/g, (id) => {
    const known = ids.get(id) ?? `report-${ids.size}`
    ids.set(id, known)
    return known
  })
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
