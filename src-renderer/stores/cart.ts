import { create } from 'zustand'
import { call } from '#renderer/api/call.ts'
import { asSigmaError } from '#renderer/api/query-cache.ts'
import type { SelectionItem } from '#renderer/api/types.ts'
import { useToasts } from './toasts.ts'

export type CartItem = SelectionItem

interface Cart {
  items: CartItem[]
  toggle: (item: CartItem) => void
  remove: (keys: ReadonlySet<string>) => void
}

/** Two items are the same when model, configuration, matrix and profile are. */
export const cartKey = ({ model_id, config, lineage }: CartItem): string =>
  [
    model_id,
    config.kind,
    config.value,
    config.allowed_hours ?? '',
    config.splits ?? '',
    lineage.matrix_sha,
    lineage.risk_profile,
  ].join('|')

/** Only what the ledger keeps, whatever richer row it came from. */
export const toCartItem = ({ model_id, config, lineage }: CartItem): CartItem => ({
  model_id,
  config,
  lineage,
})

/** Mirror of the selection that the ledger keeps. */
export const useCart = create<Cart>()((set, get) => ({
  items: [],
  toggle: (item) => {
    const key = cartKey(item)
    const without = get().items.filter((each) => cartKey(each) !== key)
    const items = without.length < get().items.length ? without : [...without, toCartItem(item)]
    set({ items })
    save(items)
  },
  remove: (keys) => {
    const before = get().items
    const items = before.filter((each) => !keys.has(cartKey(each)))
    if (items.length === before.length) return
    set({ items })
    save(items)
    const count = before.length - items.length
    useToasts.getState().push({
      tone: 'info',
      text: `Removed ${count} ${count === 1 ? 'configuration' : 'configurations'} from the cart`,
      action: {
        label: 'Undo',
        run: () => {
          set({ items: before })
          save(before)
        },
      },
    })
  },
}))

const SAVE_AFTER_MS = 300
let storageKey = ''
let timer: ReturnType<typeof setTimeout> | undefined

function save(items: CartItem[]): void {
  clearTimeout(timer)
  timer = setTimeout(() => void keep(items), SAVE_AFTER_MS)
}

async function keep(items: CartItem[]): Promise<void> {
  try {
    const { selection_id } = await call('createSelection', { body: { items } })
    localStorage.setItem(storageKey, selection_id)
  } catch (cause) {
    useToasts.getState().push({ tone: 'bad', text: `The cart was not kept: ${asSigmaError(cause).message}` })
  }
}

/** Reads the kept cart of this workspace; a selection the ledger no longer knows is forgotten. */
export async function restoreCart(workspaceId: string): Promise<void> {
  storageKey = `sigma-lab.selection.${workspaceId}`
  const id = localStorage.getItem(storageKey)
  if (id === null) return
  try {
    const { items } = await call('getSelection', { params: { id } })
    if (useCart.getState().items.length === 0) useCart.setState({ items })
  } catch (cause) {
    if (asSigmaError(cause).code === 'NOT_FOUND') localStorage.removeItem(storageKey)
  }
}
