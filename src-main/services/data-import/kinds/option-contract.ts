import { dateOfDay, dayOfCivil, weekdayOfDay } from '#shared/calendar/civil-date.ts'
import { sessionOnOrBefore } from '#shared/calendar/expiries.ts'
import { lastCalendarDay, sessionClose, sessionOfDay } from '#shared/calendar/sessions.ts'
import { isOther } from './bars.ts'
import type { ScanContext } from './define-kind.ts'

/** What an option is on, and when it ends. */
export interface OptionContract {
  strike: number
  isCall: boolean
  /** Session at whose close it expires, and that close. */
  session: number
  expiry: number
}

const occ = /^(?:O:)?([A-Z]{1,6}\d?)\s*(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/
const plainTicker = /^[A-Z]{1,5}([.-][A-Z])?$/
/** Weekly contracts of an index have a root of their own; the index's own one settles in the morning. */
const weeklyRoots: Record<string, string> = {
  SPX: 'SPXW',
  NDX: 'NDXP',
  RUT: 'RUTW',
  VIX: 'VIXW',
  XSP: 'XSPW',
}
/** Until then monthly options expired on the Saturday after their last session. */
const lastSaturdayExpiry = dayOfCivil(2015, 2, 1)
const highestStrike = 99_999
const mostRemembered = 50_000

type Columns = Pick<ScanContext, 'at' | 'line' | 'ticker' | 'counts'>

export const contractAliases = {
  contract: [
    'contract',
    'contractsymbol',
    'optionsymbol',
    'occsymbol',
    'occ',
    'osi',
    'optionticker',
    'option',
  ],
  strike: ['strike', 'strikeprice', 'k'],
  right: ['right', 'optiontype', 'callput', 'putcall', 'cp', 'pc', 'contracttype', 'type'],
  expiry: [
    'expiry',
    'expiration',
    'expirationdate',
    'expirydate',
    'expiredate',
    'exp',
    'expdate',
    'maturity',
  ],
  ticker: ['underlying', 'underlyingsymbol', 'underlyingticker', 'root', 'ticker', 'symbol', 'sym'],
} as const

/** Names of the columns that say which contract a row is of, where there are none. */
export function lackingContract({ contract, ticker, strike, right, expiry }: Columns['at']): string[] {
  if (contract >= 0) return []
  const apart = { strike, right, expiry }
  const lacking = Object.entries(apart).flatMap(([field, position]) => (position < 0 ? [field] : []))
  // A lone column of symbols names contracts in most files of options.
  return lacking.length === 3 && ticker >= 0 ? [] : lacking.length === 3 ? ['contract'] : lacking
}

/**
 * A function that reads the contract of a line: by its OCC symbol (O:SPY241129C00600000), or by strike, right and expiry. It gives
 * undefined for a contract on something else, which is counted, and for a fault.
 */
export function contractReader(context: Columns): () => OptionContract | undefined {
  const { at, line, ticker, counts } = context
  const isApart = at.contract < 0 && at.strike >= 0
  const symbolField = at.contract >= 0 ? 'contract' : 'ticker'
  const known = new Map<string, OptionContract | string | null>()

  function remember(text: string): OptionContract | string | null {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= mostRemembered) known.clear()
    const contract = contractOfSymbol(text, ticker)
    known.set(text, contract)
    return contract
  }

  return () => {
    if (!isApart) {
      const text = line.text(symbolField).toUpperCase()
      const contract = remember(text)
      if (contract === null) isOther(text, '', counts)
      else if (typeof contract === 'string') line.refuse(contract)
      else return contract
      return undefined
    }
    if (at.ticker >= 0) {
      const text = line.text('ticker').toUpperCase()
      if (isOther(rootOf(text), ownRoot(ticker), counts)) return undefined
    }
    const strike = line.positive('strike')
    const isCall = readRight(line.text('right'))
    if (isCall === undefined)
      line.refuse(`right ${JSON.stringify(line.text('right').slice(0, 20))} is no call or put`)
    const day = line.date('expiry')
    if (line.fault() !== undefined) return undefined
    const contract = contractOf(strike, isCall!, day)
    if (typeof contract !== 'string') return contract
    line.refuse(contract)
    return undefined
  }
}

/** The contract of an OCC symbol on a ticker; null for one on something else and for a share, why it is none otherwise. */
function contractOfSymbol(text: string, ticker: string): OptionContract | string | null {
  const match = occ.exec(text)
  if (match === null && plainTicker.test(text)) return null
  if (match === null)
    return `contract ${JSON.stringify(text.slice(0, 40))} is no symbol such as SPY241129C00600000`
  const [, root, year, month, day, right, strike] = match
  if (root !== ownRoot(ticker)) return null
  const expiry = dayOfCivil(2000 + Number(year), Number(month), Number(day))
  if (dateOfDay(expiry) !== `20${year}-${month}-${day}`) return `contract ${text} expires on no date`
  return contractOf(Number(strike) / 1000, right === 'C', expiry)
}

function contractOf(strike: number, isCall: boolean, day: number): OptionContract | string {
  if (!(strike > 0)) return `strike ${strike} is not above 0`
  if (strike > highestStrike) return `strike ${strike} is above ${highestStrike}`
  if (Math.abs(strike * 1000 - Math.round(strike * 1000)) > 1e-6)
    return `strike ${strike} is no multiple of 0.001`
  if (!(day <= lastCalendarDay && day > 0)) return `expiry ${dateOfDay(day)} is outside the calendar`
  const session = sessionOfDay(day)
  if (session < 0 && !(weekdayOfDay(day) === 5 && day < lastSaturdayExpiry)) {
    return `expiry ${dateOfDay(day)} is ${weekdayOfDay(day) >= 5 ? 'at a weekend' : 'no trading session'}`
  }
  const last = session < 0 ? sessionOnOrBefore(day) : session
  return { strike: Math.round(strike * 1000) / 1000, isCall, session: last, expiry: sessionClose[last]! }
}

/** Root of the contracts on a ticker that expire at a close: SPXW of SPX, BRKB of BRK.B. */
const ownRoot = (ticker: string): string => weeklyRoots[ticker] ?? ticker.replace(/[.-]/, '')

/** The underlying that a cell names; of an OCC symbol its root. An index by itself stands for its weekly contracts. */
function rootOf(text: string): string {
  return occ.exec(text)?.[1] ?? ownRoot(text)
}

function readRight(text: string): boolean | undefined {
  if (/^c(alls?)?$/i.test(text)) return true
  return /^p(uts?)?$/i.test(text) ? false : undefined
}
