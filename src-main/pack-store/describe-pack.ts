import type { AssembledPack, IndicatorSetSummary, Pack, PackMeta, PackSummary } from './types.ts'

/** A pack in one line of a list. */
export function summarizePack(pack: AssembledPack): PackSummary {
  return { id: pack.id, meta: metaOf(pack), models: pack.models.size, problems: pack.problems }
}

/** A pack in the shape of replies. */
export function describePack(pack: AssembledPack): Pack {
  const { file } = pack
  const label = typeof file?.label === 'string' ? { type: file.label } : (file?.label ?? {})
  return {
    id: pack.id,
    meta: metaOf(pack),
    file,
    label: label as Record<string, unknown>,
    score: file?.score ?? null,
    risk_budgets: (file?.risk_budgets ?? {}) as Pack['risk_budgets'],
    indicator_sets: [...pack.sets.values()].map((each) => summarizeSet(pack.id, each)),
    templates: pack.templates.map(({ summary }) => summary),
    models: [...pack.models.keys()].sort(),
    problems: pack.problems,
  }
}

function metaOf({ id, file }: AssembledPack): PackMeta {
  if (file === null) return { name: id, description: 'pack.yaml is missing or not valid' }
  return { name: file.name, description: file.description, horizon: file.horizon, cadence: file.cadence }
}

/** An indicator set in the shape of replies. */
export function summarizeSet(
  packId: string,
  {
    set,
    file,
  }: {
    set: { name: string; path: string; entries: { spelling: string }[] }
    file: { description?: string; version?: number }
  },
): IndicatorSetSummary {
  return {
    name: set.name,
    pack_id: packId,
    path: set.path,
    ...(file.description === undefined ? {} : { description: file.description }),
    ...(file.version === undefined ? {} : { version: file.version }),
    indicators: set.entries.map(({ spelling }) => spelling),
  }
}
