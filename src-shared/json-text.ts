/** A value of a reply as the JSON that it was stored as: the host passes it on without reading it. */
export class JsonText<T> {
  /** Never set: what the text says, for the types. */
  declare readonly value: T
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A reply of which some fields may be text already. */
export type Rendered<Reply> = { [Field in keyof Reply]: Reply[Field] | JsonText<Reply[Field]> }

/** NaN and infinities become null, and every field stays, which serialisers of schemas do not see to. */
export function renderReply(reply: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(reply).flatMap(([name, value]) => {
    const text = value instanceof JsonText ? value.text : JSON.stringify(value)
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`]
  })
  return `{${fields.join(',')}}`
}
