export type TokenKind = 'key' | 'comment' | 'string' | 'number' | 'mark' | 'plain'
export interface Token {
  kind: TokenKind
  text: string
}

const pieces: readonly [TokenKind, RegExp][] = [
  ['comment', /^#.*/],
  ['string', /^"(?:[^"\\]|\\.)*"?|^'(?:[^']|'')*'?/],
  ['key', /^[A-Za-z_][\w.-]*(?=\s*:(\s|$))/],
  [
    'number',
    /^[-+]?(?:\d[\d_]*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?=[\s,\]}]|$)|^(?:true|false|null|~)(?=[\s,\]}]|$)/,
  ],
  ['mark', /^[-?](?=\s)|^[[\]{},]|^:(?=\s|$)/],
]

/** A line of YAML in coloured pieces; together they are the line. What runs over several lines is coloured line by line. */
export function highlightYaml(line: string): Token[] {
  const tokens: Token[] = []
  const add = (kind: TokenKind, text: string) => {
    const last = tokens.at(-1)
    if (last?.kind === kind) last.text += text
    else tokens.push({ kind, text })
  }
  let rest = line
  // A word begins after a space or a mark; inside one, a dash or a sharp is only a letter.
  let isAtStart = true
  while (rest !== '') {
    const found: readonly [TokenKind, string] | undefined = isAtStart ? firstMatch(rest) : undefined
    const [kind, text]: readonly [TokenKind, string] = found ?? ['plain', rest.charAt(0)]
    add(kind, text)
    rest = rest.slice(text.length)
    isAtStart = /[\s[\]{},:]$/.test(text) || kind !== 'plain'
  }
  return tokens
}

function firstMatch(text: string): readonly [TokenKind, string] | undefined {
  for (const [kind, pattern] of pieces) {
    const found = pattern.exec(text)?.[0]
    if (found) return [kind, found]
  }
  return undefined
}
