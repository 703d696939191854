import { SigmaError } from '#shared/errors.ts'

/** `interactive`: a person is waiting for the reply. */
export type Priority = 'interactive' | 'batch'

interface Waiting {
  priority: Priority
  start: () => void
}

/** Lets `places` pieces of work go on at once, those a person waits for before the rest, else in order of arrival. */
export function createWaitingLine(places: number) {
  const waiting: Waiting[] = []
  let going = 0

  function next(): void {
    while (going < places && waiting.length > 0) {
      const urgent = waiting.findIndex(({ priority }) => priority === 'interactive')
      const [chosen] = waiting.splice(Math.max(0, urgent), 1)
      going++
      chosen?.start()
    }
  }

  return {
    counts: () => ({ going, waiting: waiting.length }),
    /** Runs `work` when its turn comes, or throws CANCELED if the signal comes first. */
    enter<T>(priority: Priority, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        const canceled = () => reject(new SigmaError('CANCELED', 'canceled before it started'))
        if (signal?.aborted) {
          canceled()
          return
        }
        const leave = () => {
          waiting.splice(waiting.indexOf(entry), 1)
          canceled()
        }
        const start = () => {
          signal?.removeEventListener('abort', leave)
          // The place is free before anybody hears of the end, so that what follows finds it so.
          work()
            .finally(() => {
              going--
              next()
            })
            .then(resolve, reject)
        }
        const entry = { priority, start }
        signal?.addEventListener('abort', leave, { once: true })
        waiting.push(entry)
        next()
      })
    },
  }
}
