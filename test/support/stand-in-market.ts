import { isHalfDay, sessionByNumber, sessionOfDate } from '#shared/calendar/sessions.ts'
import { createRandom } from '#shared/kernels/random.ts'

/** Bar as the vendor sends it. */
export interface SentBar {
  t: number
  o: number
  h: number
  l: number
  c: number
  v?: number
  vw?: number
  n?: number
}

export interface ListedContract {
  ticker: string
  strike: number
  isCall: boolean
}

const minuteMs = 60_000
const cents = (x: number): number => Math.round(x * 100) / 100
const hashOf = (text: string): number =>
  [...text].reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) % 1e6, 7)
/** Bars before the open and after the close of each session, of five minutes. */
const beforeOpen = 6
const afterClose = 4

/** Five-minute bars of a session, extended hours included, ascending. */
export function fiveMinuteBars(ticker: string, session: number): SentBar[] {
  const { open, close } = sessionByNumber(session)
  const random = createRandom(session * 7919 + hashOf(ticker))
  const bars: SentBar[] = []
  let price = 400 + (session % 40) + (hashOf(ticker) % 50)
  for (let t = open - beforeOpen * 5 * minuteMs; t < close + afterClose * 5 * minuteMs; t += 5 * minuteMs) {
    const o = cents(price)
    price += random.nextGaussian() * 0.4
    const c = cents(price)
    const h = cents(Math.max(o, c) + random.next() * 0.3)
    const l = cents(Math.min(o, c) - random.next() * 0.3)
    const v = 1000 + random.nextInt(9000)
    // The vendor leaves the price out now and then.
    bars.push({
      t,
      o,
      h,
      l,
      c,
      v,
      ...(random.nextInt(20) === 0 ? {} : { vw: cents((h + l) / 2) }),
      n: 1 + random.nextInt(300),
    })
  }
  return bars
}

/** Bars that lie within regular hours. */
export function regularBars(ticker: string, session: number): SentBar[] {
  return fiveMinuteBars(ticker, session).slice(beforeOpen, -afterClose)
}

export function closeOf(ticker: string, session: number): number {
  return regularBars(ticker, session).at(-1)!.c
}

/** The daily bar, dated by midnight in New York; indices have no volume. */
export function dailyBar(ticker: string, session: number): SentBar {
  const { open } = sessionByNumber(session)
  const t = open - 570 * minuteMs
  if (ticker.startsWith('I:')) {
    const level = cents(12 + (session % 17) / 2 + (hashOf(ticker) % 5))
    return { t, o: level, h: cents(level + 1), l: cents(level - 1), c: cents(level + 0.5) }
  }
  const bars = regularBars(ticker, session)
  return {
    t,
    o: bars[0]!.o,
    h: Math.max(...bars.map(({ h }) => h)),
    l: Math.min(...bars.map(({ l }) => l)),
    c: bars.at(-1)!.c,
    v: bars.reduce((sum, { v }) => sum + v!, 0),
  }
}

/** Distance of the strike that nobody lists, and of the put that nobody trades. */
export const unlisted = 3
export const untraded = -5
const widest = 12

/** Same-day contracts of a session: whole strikes around the close before, one missing. */
export function listedContracts(underlying: string, session: number): ListedContract[] {
  const centre = Math.round(closeOf(underlying, session - 1))
  const { date } = sessionByNumber(session)
  const contracts: ListedContract[] = []
  for (let k = -widest; k <= widest; k++) {
    if (k === unlisted) continue
    for (const isCall of [true, false]) {
      const strike = centre + k
      const digits = String(strike * 1000).padStart(8, '0')
      const ticker = `O:${underlying}${date.slice(2).replaceAll('-', '')}${isCall ? 'C' : 'P'}${digits}`
      contracts.push({ ticker, strike, isCall })
    }
  }
  return contracts
}

/** Minutes in which an option traded, ascending; one of them after the close. */
export function optionMinuteBars(symbol: string): SentBar[] {
  const parts = /^O:([A-Z]+)(\d\d)(\d\d)(\d\d)([CP])(\d{8})$/.exec(symbol)!
  const session = sessionOfDate(`20${parts[2]}-${parts[3]}-${parts[4]}`)
  const strike = Number(parts[6]) / 1000
  const isCall = parts[5] === 'C'
  const { open, close } = sessionByNumber(session)
  const centre = Math.round(closeOf(parts[1]!, session - 1))
  if (strike - centre === untraded && !isCall) return []
  const random = createRandom(hashOf(symbol) + session)
  const spots = regularBars(parts[1]!, session)
  const bars: SentBar[] = []
  for (let t = open; t < close; t += minuteMs) {
    if (random.next() > (isHalfDay(session) ? 0.5 : 0.3)) continue
    const spot = spots[Math.floor((t - open) / (5 * minuteMs))]!.c
    const inside = Math.max(0, isCall ? spot - strike : strike - spot)
    const years = (close - t) / (365 * 86_400_000)
    const price = cents(
      inside + 0.02 + 0.4 * spot * 0.2 * Math.sqrt(years) * Math.exp(-Math.abs(spot - strike) / 3),
    )
    const v = 1 + random.nextInt(200)
    const isFlat = random.nextInt(4) === 0
    const h = isFlat ? price : cents(price + 0.02)
    const vw = isFlat ? {} : { vw: Math.round((price + 0.01 * random.next()) * 1e4) / 1e4 }
    bars.push({ t, o: price, h, l: price, c: price, v, ...vw, n: 1 + random.nextInt(9) })
  }
  bars.push({ t: close + 5 * minuteMs, o: 0.05, h: 0.05, l: 0.05, c: 0.05, v: 1000, vw: 0.05, n: 1 })
  return bars
}
