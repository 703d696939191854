import type { FlowSeries } from '#shared/jobs/build-matrix.ts'
import { hourEnd, lastHourEt } from './session-hours.ts'

const firstHourEt = 9

/** Contracts and premium of one session, clock hour, strike and right, summed over minutes. */
export interface FlowSums {
  session: Int32Array
  hourEt: Uint8Array
  strike: Float64Array
  isCall: Uint8Array
  contracts: Float64Array
  premium: Float64Array
}

/** Same-day contracts that a session lists, traded or not. */
export interface ListedContracts {
  session: Int32Array
  strike: Float64Array
  isCall: Uint8Array
}

/**
 * Lays sums out by session, clock hour and distance k = strike − round(previous close). Every hour of every session that has
 * sums becomes a group; 0 where a contract is listed and did not trade, NaN where no such strike is listed or where the
 * previous close is unknown. Strikes between whole dollars have no k.
 * @param previousCloseOf close of the session before, NaN where it is unknown
 */
export function layOutFlow(
  sums: FlowSums,
  listed: ListedContracts,
  previousCloseOf: (session: number) => number,
  distanceMax: number,
  range: { startTs: number; endTs: number },
): FlowSeries {
  const sessions = [...new Set(sums.session)].sort((a, b) => a - b)
  const width = 2 * distanceMax + 1
  const groupOf = new Map<number, number>()
  const session: number[] = []
  const hourEt: number[] = []
  const hoursInDay = 24
  for (const number of sessions) {
    for (let hour = firstHourEt; hour <= lastHourEt(number); hour++) {
      const end = hourEnd(number, hour)
      if (end < range.startTs || end > range.endTs) continue
      groupOf.set(number * hoursInDay + hour, session.length)
      session.push(number)
      hourEt.push(hour)
    }
  }
  const groups = session.length
  const column = () => new Float64Array(groups * width).fill(Number.NaN)
  const flow: FlowSeries = {
    groups,
    distanceMax,
    session: Int32Array.from(session),
    hourEt: Int32Array.from(hourEt),
    previousClose: Float64Array.from(session, previousCloseOf),
    callsSold: column(),
    putsSold: column(),
    callsPremium: column(),
    putsPremium: column(),
  }
  const centreOf = new Map(sessions.map((number) => [number, Math.round(previousCloseOf(number))]))
  const cellOf = (group: number | undefined, number: number, strike: number): number => {
    const k = strike - centreOf.get(number)!
    return group !== undefined && Number.isInteger(k) && Math.abs(k) <= distanceMax
      ? group * width + k + distanceMax
      : -1
  }

  for (let i = 0; i < listed.session.length; i++) {
    const number = listed.session[i]!
    if (!centreOf.has(number)) continue
    const isCall = listed.isCall[i] === 1
    for (let hour = firstHourEt; hour <= lastHourEt(number); hour++) {
      const cell = cellOf(groupOf.get(number * hoursInDay + hour), number, listed.strike[i]!)
      if (cell < 0) continue
      if (isCall) flow.callsSold[cell] = flow.callsPremium[cell] = 0
      else flow.putsSold[cell] = flow.putsPremium[cell] = 0
    }
  }
  for (let i = 0; i < sums.session.length; i++) {
    const number = sums.session[i]!
    const cell = cellOf(groupOf.get(number * hoursInDay + sums.hourEt[i]!), number, sums.strike[i]!)
    if (cell < 0) continue
    if (sums.isCall[i] === 1) {
      flow.callsSold[cell] = sums.contracts[i]!
      flow.callsPremium[cell] = sums.premium[i]!
    } else {
      flow.putsSold[cell] = sums.contracts[i]!
      flow.putsPremium[cell] = sums.premium[i]!
    }
  }
  return flow
}
