import { type BigIntStats, closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { TSchema } from 'typebox'
import { checkFile } from '#shared/catalog/packs/check-file.ts'
import { IndicatorSetFile } from '#shared/catalog/packs/indicator-set.ts'
import { ModelConfig } from '#shared/catalog/packs/model-config.ts'
import { PackFile } from '#shared/catalog/packs/pack-file.ts'
import { PolicyFile } from '#shared/catalog/packs/policy.ts'
import { TemplateFile } from '#shared/catalog/packs/template.ts'
import { maxYamlBytes, type ParsedYaml, parseYaml, soundYaml } from './parse-yaml.ts'
import { noSoundTexts, type SoundTexts } from './sound-texts.ts'

export type PackFileKind = 'pack' | 'indicator_set' | 'model_config' | 'policy' | 'template'

/** One YAML file of a pack, read and checked against its schema. */
export interface PackSource extends ParsedYaml {
  /** In the workspace, with forward slashes: `packs/zerosigma/pack.yaml`. */
  path: string
  packId: string
  kind: PackFileKind
  /** File name without its ending: the name of a set or policy. */
  stem: string
  /** Tells whether the file changed since: device times, size and inode. */
  stamp: string
}

export interface FoundFile {
  path: string
  packId: string
  kind: PackFileKind
  stem: string
}

const schemas: Record<PackFileKind, TSchema> = {
  pack: PackFile,
  indicator_set: IndicatorSetFile,
  model_config: ModelConfig,
  policy: PolicyFile,
  template: TemplateFile,
}

const folders: readonly [string, PackFileKind][] = [
  ['indicator_sets', 'indicator_set'],
  ['model_configs', 'model_config'],
  ['model_templates', 'template'],
  ['policies', 'policy'],
]

/** The YAML files of every pack of a workspace, in the order of their paths. */
export function findPackFiles(root: string): FoundFile[] {
  const found: FoundFile[] = []
  for (const packId of listNames(join(root, 'packs'), 'folder')) {
    const base = `packs/${packId}`
    for (const name of listNames(join(root, base), 'file')) {
      if (name === 'pack.yaml') found.push({ path: `${base}/${name}`, packId, kind: 'pack', stem: 'pack' })
      if (name === 'indicator_set.yaml') {
        found.push({ path: `${base}/${name}`, packId, kind: 'indicator_set', stem: 'indicator_set' })
      }
    }
    for (const [folder, kind] of folders) {
      for (const name of listNames(join(root, base, folder), 'file')) {
        if (!/^[^.].*\.ya?ml$/.test(name)) continue
        found.push({ path: `${base}/${folder}/${name}`, packId, kind, stem: name.replace(/\.ya?ml$/, '') })
      }
    }
  }
  return found
}

/** Reads and checks one file. Whatever is wrong with it, from a link to a bad key, is among its `problems`. */
export function readPackFile(root: string, file: FoundFile, texts: SoundTexts): PackSource {
  try {
    const { text, stamp } = readText(join(root, file.path))
    return { ...checkText(file, text, texts), stamp }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    const problem = { path: file.path, line: null, column: null, message }
    const locate = () => problem
    return {
      ...file,
      stamp: 'unreadable',
      text: '',
      isYaml: false,
      value: undefined,
      problems: [problem],
      locate,
    }
  }
}

/** A file as it would load with this text. */
export function checkText(file: FoundFile, text: string, texts = noSoundTexts): PackSource {
  const known = texts.get(file.kind, text)
  const parsed = known === undefined ? parseYaml(file.path, text) : soundYaml(file.path, text, known)
  const isJudged = known !== undefined || parsed.problems.length > 0
  const faults = isJudged ? [] : checkFile(schemas[file.kind], parsed.value)
  const problems = [...parsed.problems, ...faults.map(parsed.locate)]
  if (known === undefined && problems.length === 0) texts.add(file.kind, text, parsed.value)
  if (file.path.endsWith('.yml')) {
    problems.push(parsed.locate({ at: [], message: 'name the file .yaml, .yml is not read' }))
  }
  return { ...file, ...parsed, problems, value: problems.length > 0 ? undefined : parsed.value, stamp: '' }
}

/** Size, times and inode of an open or named file as one string. */
export function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return `${size}:${mtimeNs}:${ctimeNs}:${ino}`
}

/**
 * Text of a regular file of at most 1 MB, and its stamp. Never follows a link nor waits on a pipe.
 * @throws Error that says what is wrong with the file
 */
export function readText(path: string): { text: string; stamp: string } {
  const noWait = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  const handle = openSync(path, constants.O_RDONLY | noWait)
  try {
    const stats = fstatSync(handle, { bigint: true })
    if (!stats.isFile()) throw new Error('not a regular file')
    if (stats.size > BigInt(maxYamlBytes)) throw new Error('the file is larger than 1 MB')
    const bytes = Buffer.alloc(Number(stats.size))
    let length = 0
    for (let got = -1; got !== 0 && length < bytes.length; length += got) {
      got = readSync(handle, bytes, length, bytes.length - length, length)
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length))
    return { text, stamp: stampOf(stats) }
  } finally {
    closeSync(handle)
  }
}

function listNames(folder: string, kind: 'folder' | 'file'): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => (kind === 'folder' ? entry.isDirectory() : !entry.isDirectory()))
      .map(({ name }) => name)
      .filter((name) => kind === 'file' || /^[a-z0-9][a-z0-9_-]{0,63}$/.test(name))
      .sort()
  } catch {
    // A pack need not have every folder, and one may vanish while it is being listed.
    return []
  }
}
