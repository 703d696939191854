/** What the pages of the host that are read have in common. */
export const pageStyle = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:72rem;display:grid;grid-template-columns:14rem minmax(0,1fr);gap:2rem;padding:1.5rem}
nav{position:sticky;top:1.5rem;align-self:start;max-height:calc(100vh - 3rem);overflow-y:auto}nav ul{list-style:none;padding:0}nav span{opacity:.6}
table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #8882}
th{font-size:.75rem;opacity:.7}td:first-child{white-space:nowrap}code,pre{font:13px ui-monospace,monospace}
@media(max-width:50rem){body{display:block}nav{position:static;max-height:none}}`

export function anchorOf(text: string): string {
  return text.toLowerCase().replace(/\W+/g, '-')
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`)
}
