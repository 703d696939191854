import type { Random } from '#shared/kernels/random.ts'

const highestStrike = 2048

/** Open interest of every listed contract: the same all day, changed overnight, kept until expiry. */
export interface OpenInterestBook {
  /** Open interest of a contract today; a contract seen for the first time is listed with a drawn one. */
  read: (expirySession: number, strike: number, call: boolean, deviations: number) => number
  /** Lets a night pass: positions open and close, expired contracts go. */
  settle: (nextSession: number) => void
}

export function createOpenInterestBook(random: Random): OpenInterestBook {
  const books = new Map<number, Float64Array>()
  const readBook = (expirySession: number): Float64Array => {
    let book = books.get(expirySession)
    if (book === undefined) {
      book = new Float64Array(2 * highestStrike).fill(-1)
      books.set(expirySession, book)
    }
    return book
  }
  return {
    read: (expirySession, strike, call, deviations) => {
      const book = readBook(expirySession)
      const slot = 2 * strike + (call ? 1 : 0)
      if (book[slot]! < 0) {
        const round = strike % 10 === 0 ? 2.4 : strike % 5 === 0 ? 1.6 : 1
        const near = Math.exp(-((deviations / 2.2) ** 2))
        book[slot] = Math.round(
          2300 * round * (call ? 1 : 1.2) * (0.12 + near) * Math.exp(0.95 * random.nextGaussian()),
        )
      }
      return book[slot]!
    },
    settle: (nextSession) => {
      for (const [expirySession, book] of books) {
        if (expirySession < nextSession) {
          books.delete(expirySession)
          continue
        }
        for (let slot = 0; slot < book.length; slot++) {
          const held = book[slot]!
          if (held >= 0)
            book[slot] = Math.round(held * Math.exp(0.02 + 0.1 * random.nextGaussian()) + 8 * random.next())
        }
      }
    },
  }
}
