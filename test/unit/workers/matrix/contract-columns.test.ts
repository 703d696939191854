import { describe, expect, it } from 'vitest'
import { sessionClose, sessionOpen } from '#shared/calendar/sessions.ts'
import { firstSession, tinyBuild } from '#test/tiny-build.ts'
import { assembleInput } from '#workers/matrix/assemble-input.ts'
import { contractColumns } from '#workers/matrix/contract-columns.ts'

interface Quote {
  strike: number
  delta: number
  volume?: number
  oi?: number
  isCall?: number
  expiry?: number
}

/** Snapshots of the first session at hours after its opening half hour, with the given quotes. */
function chainOf(snapshots: { at: number; session?: number; quotes: Quote[] }[]) {
  const quotes = snapshots.flatMap(({ quotes: each }) => each)
  const pick = (of: (quote: Quote) => number) => Float64Array.from(quotes, of)
  let offset = 0
  return {
    snapshots: snapshots.length,
    ts: Float64Array.from(snapshots, ({ at }) => at),
    session: Int32Array.from(snapshots, ({ session = firstSession }) => session),
    spot: new Float64Array(snapshots.length).fill(400),
    offset: Int32Array.from([0, ...snapshots.map(({ quotes: each }) => (offset += each.length))]),
    strike: pick(({ strike }) => strike),
    expiry: pick(({ expiry = sessionClose[firstSession]! }) => expiry),
    isCall: Uint8Array.from(quotes, ({ isCall = 1 }) => isCall),
    bid: pick(({ strike }) => strike / 100),
    ask: pick(({ strike }) => strike / 100 + 0.2),
    volume: pick(({ volume = 10 }) => volume),
    openInterest: pick(({ oi = 10 }) => oi),
    iv: pick(() => 0.2),
    delta: pick(({ delta }) => delta),
    gamma: pick(() => 0.01),
  }
}

const halfHour = sessionOpen[firstSession]! + 1_800_000

/** Strike chosen on the rows of the first session. */
function chosen(...snapshots: Parameters<typeof chainOf>[0]): number[] {
  const input = assembleInput(tinyBuild('hourly', 2, { chain: chainOf(snapshots) }))
  const columns = contractColumns(input)
  return [...columns.find(({ name }) => name === 'contract_strike')!.data]
}
const first = (...quotes: Quote[]) => chosen({ at: halfHour, quotes })[0]

describe('the contract that an option model would trade', () => {
  it('is the one whose |delta| is nearest .35, calls and puts alike', () => {
    expect(first({ strike: 401, delta: 0.32 }, { strike: 399, delta: -0.36, isCall: 0 })).toBe(399)
    expect(first({ strike: 401, delta: 0.33 }, { strike: 399, delta: -0.39, isCall: 0 })).toBe(401)
  })

  it('lies within .05 of it, both ends included, or there is none', () => {
    expect(first({ strike: 1, delta: 0.3 })).toBe(1)
    expect(first({ strike: 1, delta: 0.4 })).toBe(1)
    expect(first({ strike: 1, delta: -0.4, isCall: 0 })).toBe(1)
    expect(first({ strike: 1, delta: 0.299 }, { strike: 2, delta: 0.401 })).toBeNaN()
    expect(first({ strike: 1, delta: Number.NaN })).toBeNaN()
  })

  it('is of equals the one with the larger volume, then the larger open interest', () => {
    const at = (strike: number, delta: number, volume: number, oi: number) => ({ strike, delta, volume, oi })
    expect(first(at(1, 0.33, 5, 9), at(2, 0.37, 6, 1))).toBe(2)
    expect(first(at(1, 0.33, 6, 1), at(2, 0.37, 5, 9))).toBe(1)
    expect(first(at(1, 0.33, 5, 8), at(2, 0.37, 5, 9))).toBe(2)
    expect(first(at(1, 0.3, 5, 9), at(2, 0.4, 5, 8))).toBe(1)
  })

  it('expires on its day', () => {
    const expiry = sessionClose[firstSession + 1]!
    expect(first({ strike: 1, delta: 0.35, expiry }, { strike: 2, delta: 0.31 })).toBe(2)
  })

  it('is quoted in the newest snapshot of the same session, never a later one or one of the day before', () => {
    const quote = (strike: number) => [{ strike, delta: 0.35 }]
    const strikes = chosen(
      { at: halfHour - 60_000, quotes: quote(1) },
      { at: halfHour, quotes: quote(2) },
      { at: halfHour + 1, quotes: quote(3) },
    )
    expect(strikes.slice(0, 7)).toEqual([2, 3, 3, 3, 3, 3, 3])
    expect(strikes.slice(7).every(Number.isNaN)).toBe(true)
  })

  it('gives its quotes, with the spread as a share of the middle', () => {
    const input = assembleInput(
      tinyBuild('hourly', 1, { chain: chainOf([{ at: halfHour, quotes: [{ strike: 400, delta: 0.35 }] }]) }),
    )
    const values = Object.fromEntries(contractColumns(input).map(({ name, data }) => [name, data[0]]))
    expect(values).toMatchObject({
      contract_bid: 4,
      contract_ask: 4.2,
      contract_mid: 4.1,
      contract_is_call: 1,
    })
    expect(values['contract_spread']).toBeCloseTo(0.2 / 4.1, 12)
  })
})
