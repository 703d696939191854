interface Described {
  description?: string
  anyOf?: readonly Described[]
}

/** What the contract says that a field means: the one definition, also of docs and API document. */
export function definitionOf(schema: object): string {
  const { description, anyOf = [] } = schema as Described
  return description ?? anyOf.find((part) => part.description !== undefined)?.description ?? ''
}
