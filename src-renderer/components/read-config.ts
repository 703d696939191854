type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A label as configs spell it: a name, or a block with its parameters flat or under `params`. */
export function labelOf(block: unknown): { type: string; params: Json; isNested: boolean } {
  if (typeof block === 'string') return { type: block, params: {}, isNested: false }
  if (!isRecord(block)) return { type: '', params: {}, isNested: false }
  const { type, kind, params, ...flat } = block
  const isNested = isRecord(params)
  return { type: String(kind ?? type ?? ''), params: isNested ? params : flat, isNested }
}

/** A change of a label's parameters, in the spelling that the config has. */
export function labelChange(
  block: unknown,
  { type, isNested }: ReturnType<typeof labelOf>,
  change: Json,
): Json {
  if (isNested) return { params: change }
  return isRecord(block) ? change : { type, ...change }
}

/** The features that a form can edit: a plain list, empty for every column; null for the older blocks. */
export function featuresOf(features: unknown): string[] | null {
  if (features === undefined || features === null) return []
  if (!Array.isArray(features) || !features.every((each) => typeof each === 'string')) return null
  return features
}

/** The algorithm whose defaults hold. */
export function algorithmOf({ model }: Json): string {
  return typeof model === 'string' ? model : 'gbm'
}
