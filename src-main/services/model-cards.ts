import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'
import { resolveInside } from '#main/workspace/safe-path.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { type CardContent, type CardEvent, composeCard } from './card-content.ts'
import { renderModelCard } from './card-markdown.ts'
import type { ServiceContext } from './context.ts'
import type { ModelCardService } from './index.ts'

const nameShape = /^(\d{8}T\d{6}Z)-(\d{3,})-([a-z]+)\.json$/

/** Newest name given out per folder: it may not be on disk yet. One host holds a workspace, so memory is enough. */
const lastGiven = new Map<string, { stamp: string; place: number }>()

/** Writes the card of an event as JSON and as Markdown into the model's folder, and returns the name of the JSON file. */
export async function writeModelCard(
  { root, clock }: Pick<ServiceContext, 'root' | 'clock'>,
  model: LoadedModel,
  event: CardEvent,
  content: CardContent,
): Promise<string> {
  const created_at = clock()
  const card = composeCard(model, event, created_at, content)
  const folder = folderOf(root, model)
  const name = reserveName(folder, created_at, event)
  await writeFileAtomic(join(folder, name.replace(/json$/, 'md')), renderModelCard(card))
  await writeFileAtomic(join(folder, name), `${JSON.stringify(card, null, 2)}\n`)
  return name
}

/** Cards of a model, newest first. */
export function createModelCardService({
  root,
  packStore,
}: Pick<ServiceContext, 'root' | 'packStore'>): ModelCardService {
  return {
    async list({ pack_id, model_id, limit = 200, offset = 0 }) {
      const model = ownerOf(root, packStore, model_id, pack_id)
      const names = await cardNames(folderOf(root, model))
      const cards = names.slice(offset, offset + limit).map((file) => ({
        pack_id: model.packId,
        model_id,
        ...factsOf(file),
        file,
      }))
      const count = cards.length
      return { count, total: names.length, cards, limit, offset, next_offset: offset + count }
    },
    async get({ pack_id, model_id, file }) {
      const model = ownerOf(root, packStore, model_id, pack_id)
      const folder = folderOf(root, model)
      if (file !== undefined && !/^[A-Za-z0-9][A-Za-z0-9_-]*\.json$/.test(file)) {
        throw new SigmaError(
          'INVALID_PARAM',
          `file is ${JSON.stringify(file)}; expected the name of a card, such as GET /model_cards lists`,
        )
      }
      const name = file ?? (await cardNames(folder))[0]
      if (name === undefined) throw new SigmaError('NOT_FOUND', `model ${model_id} has no model card yet`)
      return readCard(root, model, name)
    },
  }
}

type Owner = Pick<LoadedModel, 'packId' | 'modelId'>

/** A model whose config a hand edit has broken, or that is gone, keeps its cards. */
function ownerOf(
  root: string,
  packStore: ServiceContext['packStore'],
  modelId: string,
  packId: string | undefined,
): Owner {
  try {
    return packStore.model(modelId, packId)
  } catch (error) {
    const ids = packStore.packs().map(({ id }) => id)
    const owners = ids.map((id) => ({ packId: id, modelId }))
    const owner = owners.find(
      (each) => (packId ?? each.packId) === each.packId && existsSync(folderOf(root, each)),
    )
    if (owner === undefined) throw error
    return owner
  }
}

function folderOf(root: string, { packId, modelId }: Owner): string {
  return join(root, 'packs', packId, 'model_cards', modelId)
}

/** A name that sorts by time, and within a second by its place. */
function reserveName(folder: string, created_at: string, event: CardEvent): string {
  const stamp = `${created_at.replace(/[-:]/g, '').slice(0, 15)}Z`
  const nameAt = (place: number) => `${stamp}-${String(place).padStart(3, '0')}-${event}.json`
  const last = lastGiven.get(folder)
  let place = last?.stamp === stamp ? last.place + 1 : 1
  while (existsSync(join(folder, nameAt(place)))) place++
  lastGiven.set(folder, { stamp, place })
  return nameAt(place)
}

function factsOf(name: string): { event: string; created_at: string } {
  const [, stamp = '', , event = ''] = nameShape.exec(name) ?? []
  return { event, created_at: stamp.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5') }
}

async function cardNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names
    .filter((name) => nameShape.test(name))
    .sort()
    .reverse()
}

async function readCard(root: string, model: Owner, name: string): Promise<ReplyOf<'getModelCard'>> {
  const path = `packs/${model.packId}/model_cards/${model.modelId}/${name}`
  const text = await readFile(resolveInside(root, path, { parameter: 'file' }), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      throw new SigmaError('NOT_FOUND', `model ${model.modelId} has no model card ${name}`)
    },
  )
  try {
    return JSON.parse(text) as ReplyOf<'getModelCard'>
  } catch (cause) {
    throw new SigmaError('CONFLICT', `model card ${name} is not valid JSON: was it edited by hand?`, {
      cause,
    })
  }
}
