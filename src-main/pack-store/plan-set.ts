import { SigmaError } from '#shared/errors.ts'
import type { FoundFile } from './pack-files.ts'
import { problemError } from './problem.ts'
import { requireModest } from './require-modest.ts'
import type { SourceIndex } from './source-index.ts'
import type { AssembledPack, PackStore, WriteIndicatorSetRequest } from './types.ts'
import { writeSetText } from './write-set.ts'

const setName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/

interface Lookups extends Pick<PackStore, 'model'> {
  packById(packId: string): AssembledPack
}

/** Where a set would be written and what the file would say; `before` is its text now, null where there is none. */
export function planSet(
  index: SourceIndex,
  { model, packById }: Lookups,
  { packId, scope = 'pack', modelId, name, description, indicators }: WriteIndicatorSetRequest,
): { file: FoundFile; text: string; before: string | null } {
  requireModest(indicators, 'indicators')
  const pack = packById(packId)
  if (scope === 'model' && modelId === undefined) {
    throw new SigmaError('INVALID_PARAM', 'model_id is required where scope is model')
  }
  const stem = scope === 'model' ? model(modelId ?? '', packId).modelId : name
  if (!setName.test(stem)) {
    throw new SigmaError('INVALID_PARAM', `indicator set name ${stem} is not a plain name`)
  }
  const path = pathOfSet(pack.id, stem)
  const old = index.source(path)
  if (old !== undefined && !old.isYaml) throw problemError(old.problems)
  const before = old?.text ?? null
  const text = writeSetText(before, name, description, indicators)
  return { file: { path, packId: pack.id, kind: 'indicator_set', stem }, text, before }
}

/** The file of a set in its pack. */
export function pathOfSet(packId: string, stem: string): string {
  return `packs/${packId}/${stem === 'indicator_set' ? '' : 'indicator_sets/'}${stem}.yaml`
}
