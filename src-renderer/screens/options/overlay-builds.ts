import { create } from 'zustand'
import { call } from '#renderer/api/call.ts'
import { invalidatedBy } from '#renderer/api/invalidation.ts'
import { asSigmaError, invalidate } from '#renderer/api/query-cache.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { SigmaError } from '#shared/errors.ts'
import type { OverlayBody } from './overlay-request.ts'

/** What came of the overlay of one day: a reply, or why there is none. */
export interface DayBuild {
  date: string
  reply?: ReplyOf<'createOptionsOverlay'>
  error?: SigmaError
}

interface Builds {
  modelId: string
  /** Days asked for. */
  total: number
  days: readonly DayBuild[]
  isRunning: boolean
  run: (bodies: readonly (OverlayBody & { date: string })[]) => Promise<void>
  cancel: () => void
}

let abort = new AbortController()

/** The last build, kept while other screens are looked at. Days are asked for one after the other; a day without data stops none. */
export const useBuilds = create<Builds>()((set, get) => ({
  modelId: '',
  total: 0,
  days: [],
  isRunning: false,
  run: async (bodies) => {
    abort.abort()
    abort = new AbortController()
    const { signal } = abort
    set({ modelId: bodies[0]?.model_id ?? '', total: bodies.length, days: [], isRunning: true })
    for (const body of bodies) {
      const day = await build(body, signal)
      if (signal.aborted) return
      set({ days: [...get().days, day] })
      if (day.error !== undefined && day.error.code !== 'NO_DATA') break
    }
    set({ isRunning: false })
    invalidate(invalidatedBy.action)
  },
  cancel: () => {
    abort.abort()
    set({ isRunning: false })
    invalidate(invalidatedBy.action)
  },
}))

async function build(body: OverlayBody & { date: string }, signal: AbortSignal): Promise<DayBuild> {
  const { date } = body
  try {
    return { date, reply: await call('createOptionsOverlay', { body }, signal) }
  } catch (cause) {
    return { date, error: asSigmaError(cause) }
  }
}
