import type { IndicatorSetFile } from '#shared/catalog/packs/indicator-set.ts'
import type { PackFile } from '#shared/catalog/packs/pack-file.ts'
import type { TemplateFile } from '#shared/catalog/packs/template.ts'
import { didYouMean } from '#shared/errors.ts'
import { attempt, loadModel, modelIdOf } from './load-model.ts'
import { loadSet } from './load-set.ts'
import type { PackSource } from './pack-files.ts'
import type { AssembledPack, TemplateSummary } from './types.ts'

/** Puts packs together from their files. Pure: the same files give the same packs, in the order of ids. */
export function assemblePacks(sources: Iterable<PackSource>): Map<string, AssembledPack> {
  const byPack = new Map<string, PackSource[]>()
  for (const source of sources) {
    const list = byPack.get(source.packId) ?? []
    list.push(source)
    byPack.set(source.packId, list)
  }
  const packs = new Map<string, AssembledPack>()
  const owners = new Map<string, string>()
  for (const id of [...byPack.keys()].sort()) {
    const files = (byPack.get(id) ?? []).sort((a, b) => (a.path < b.path ? -1 : 1))
    packs.set(id, assemblePack(id, files, owners))
  }
  return packs
}

function assemblePack(id: string, files: readonly PackSource[], owners: Map<string, string>): AssembledPack {
  const pack: AssembledPack = {
    id,
    file: null,
    sets: new Map(),
    models: new Map(),
    policies: new Map(),
    templates: [],
    problems: files.flatMap(({ problems }) => problems),
    brokenSets: new Map(),
    broken: new Map(),
  }
  const good = files.filter(({ problems }) => problems.length === 0)
  for (const source of files) if (source.kind === 'policy') pack.policies.set(source.stem, source)
  for (const source of files) if (source.kind === 'indicator_set') addSet(pack, source)
  readPackYaml(pack, files)
  for (const source of good) if (source.kind === 'template') addTemplate(pack, source)
  for (const source of files) if (source.kind === 'model_config') addModel(pack, source, owners)
  checkPackYaml(pack, files)
  const order = pack.file?.templates ?? []
  const rank = ({ summary }: { summary: TemplateSummary }) =>
    order.includes(summary.template_id) ? order.indexOf(summary.template_id) : order.length
  pack.templates.sort((a, b) => rank(a) - rank(b))
  return pack
}

function addSet(pack: AssembledPack, source: PackSource): void {
  if (source.problems.length > 0) {
    pack.brokenSets.set(source.stem, source.problems)
    return
  }
  const file = source.value as IndicatorSetFile
  const { set, problems } = loadSet(source, file)
  pack.problems.push(...problems)
  if (problems.length === 0) pack.sets.set(source.stem, { set, file })
  else pack.brokenSets.set(source.stem, problems)
}

function readPackYaml(pack: AssembledPack, files: readonly PackSource[]): void {
  const source = files.find(({ kind }) => kind === 'pack')
  if (source === undefined) {
    const path = `packs/${pack.id}/pack.yaml`
    pack.problems.push({ path, line: null, column: null, message: 'the pack has no pack.yaml' })
  } else if (source.problems.length === 0) {
    const file = source.value as PackFile
    if (file.id === pack.id) pack.file = file
    else pack.problems.push(source.locate({ at: ['id'], message: `id ${file.id} is not the folder's name` }))
  }
}

/** What pack.yaml names must exist; checked last, when everything it can name is known. */
function checkPackYaml(pack: AssembledPack, files: readonly PackSource[]): void {
  const source = files.find(({ kind }) => kind === 'pack')
  const { file } = pack
  if (source === undefined || file === null) return
  const fault = (at: (string | number)[], message: string) =>
    pack.problems.push(source.locate({ at, message }))
  const problem = attempt(source, ['label'], file.label, file.cadence)
  if (problem !== null) pack.problems.push(problem)
  const setName = file.default_indicator_set
  if (setName !== undefined && !pack.sets.has(setName)) {
    fault(
      ['default_indicator_set'],
      `no usable indicator set ${setName}${didYouMean(setName, pack.sets.keys())}`,
    )
  }
  const templates = pack.templates.map(({ summary }) => summary.template_id)
  for (const [i, name] of (file.templates ?? []).entries()) {
    if (!templates.includes(name))
      fault(['templates', i], `no template ${name}${didYouMean(name, templates)}`)
  }
}

function addTemplate(pack: AssembledPack, source: PackSource): void {
  const { config, ...head } = source.value as TemplateFile
  const problem = attempt(
    source,
    ['config', 'label'],
    config.label ?? pack.file?.label ?? 'none',
    head.cadence,
  )
  if (problem !== null) {
    pack.problems.push(problem)
    return
  }
  if (config.indicator_set !== undefined && !pack.sets.has(config.indicator_set)) {
    const near = didYouMean(config.indicator_set, pack.sets.keys())
    const message = `no usable indicator set ${config.indicator_set}${near}`
    pack.problems.push(source.locate({ at: ['config', 'indicator_set'], message }))
    return
  }
  pack.templates.push({ summary: { pack: pack.id, ...head, config }, source })
}

function addModel(pack: AssembledPack, source: PackSource, owners: Map<string, string>): void {
  const id = modelIdOf(source)
  if (pack.file === null) {
    // Session, flow columns and label may come from pack.yaml: without it no model means what its author meant.
    pack.broken.set(id, [...source.problems, ...pack.problems])
    return
  }
  const { model, problems } =
    source.problems.length > 0 ? { model: null, problems: [] } : loadModel(source, pack)
  const owner = owners.get(id)
  if (owner !== undefined) {
    problems.push(source.locate({ at: ['model_id'], message: `model ${id} is already in ${owner}` }))
  }
  pack.problems.push(...problems)
  if (owner === undefined) owners.set(id, source.path)
  if (model !== null && problems.length === 0) pack.models.set(id, model)
  else if (owner === undefined) pack.broken.set(id, [...source.problems, ...problems])
}
