export interface LinkQueue {
  /** Sends the page to a link, at once or as soon as it listens. Of several that wait, the last is followed. */
  follow: (hash: string) => void
  pageListens: () => void
  /** A page that is loading hears nothing. */
  pageLeaves: () => void
}

export function createLinkQueue(send: (hash: string) => void): LinkQueue {
  let isListening = false
  let waiting: string | undefined
  return {
    follow(hash) {
      if (isListening) send(hash)
      else waiting = hash
    },
    pageListens() {
      isListening = true
      if (waiting !== undefined) send(waiting)
      waiting = undefined
    },
    pageLeaves() {
      isListening = false
    },
  }
}
