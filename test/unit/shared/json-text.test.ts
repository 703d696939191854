import { expect, test } from 'vitest'
import { JsonText, renderReply } from '#shared/json-text.ts'

test('a reply is rendered as JSON.stringify does, its texts as they are', () => {
  const rest = { total: 2, tag: null, odd: [Number.NaN, 'a"b'], 'a key': { x: undefined }, gone: undefined }
  const rows = [
    { id: '1', note: 'ü "quoted"\n' },
    { id: '2', note: null },
  ]
  const rendered = renderReply({ ok: true, rows: new JsonText(JSON.stringify(rows)), ...rest })
  expect(rendered).toBe(JSON.stringify({ ok: true, rows, ...rest }))
})
