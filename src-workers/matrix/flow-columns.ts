import { sessionOpen } from '#shared/calendar/sessions.ts'
import type { FlowTotals } from '#shared/catalog/indicators/define.ts'
import type { FlowBlock, FlowSeries } from '#shared/jobs/build-matrix.ts'
import type { FeatureColumn } from './feature-column.ts'

const EPSILON = 1e-6
const HOUR_MS = 3_600_000

/** What is summed, and the contracts that say whether a strike is listed: its premium alone may be unknown, and then so is a sum. */
const sides = [
  ['callsSold', 'callsSold'],
  ['putsSold', 'putsSold'],
  ['callsPremium', 'callsSold'],
  ['putsPremium', 'putsSold'],
] as const

/** Per row the group of its session and hour, −1 where there is none. */
export function groupOfRows(flow: FlowSeries, session: Int32Array, hourEt: Int32Array): Int32Array {
  const groupOf = new Map<number, number>()
  for (let g = 0; g < flow.groups; g++) groupOf.set(flow.session[g]! * 24 + flow.hourEt[g]!, g)
  return Int32Array.from(session, (each, row) => groupOf.get(each * 24 + hourEt[row]!) ?? -1)
}

/**
 * One group a daily row: the sums over the hours of its session that had ended at the row's decision. A strike that is unlisted in
 * every one of them stays NaN.
 */
export function foldIntoDays(flow: FlowSeries, session: Int32Array, ts: Float64Array): FlowSeries {
  const rowOf = new Map(Array.from(session, (each, row) => [each, row]))
  const width = 2 * flow.distanceMax + 1
  const column = () => new Float64Array(session.length * width).fill(Number.NaN)
  const days: FlowSeries = {
    groups: session.length,
    distanceMax: flow.distanceMax,
    session,
    hourEt: new Int32Array(session.length).fill(-1),
    previousClose: new Float64Array(session.length).fill(Number.NaN),
    callsSold: column(),
    putsSold: column(),
    callsPremium: column(),
    putsPremium: column(),
  }
  const flags = () => new Uint8Array(session.length * width)
  const isOpen = { callsSold: flags(), putsSold: flags(), callsPremium: flags(), putsPremium: flags() }
  for (let g = 0; g < flow.groups; g++) {
    const row = rowOf.get(flow.session[g]!)
    if (row === undefined || hourEndOf(flow.session[g]!, flow.hourEt[g]!) > ts[row]!) continue
    days.previousClose[row] = flow.previousClose[g]!
    for (const [name, contracts] of sides) {
      for (let k = 0; k < width; k++) {
        if (Number.isNaN(flow[contracts][g * width + k]!)) continue
        const cell = row * width + k
        days[name][cell] = (isOpen[name][cell] === 1 ? days[name][cell]! : 0) + flow[name][g * width + k]!
        isOpen[name][cell] = 1
      }
    }
  }
  return days
}

/** The session opens half an hour into its first clock hour, 9. */
function hourEndOf(session: number, hourEt: number): number {
  return sessionOpen[session]! + (hourEt - 9 + 0.5) * HOUR_MS
}

/** Totals over the listed strikes of each row's hour. */
export function flowByRow(flow: FlowSeries, session: Int32Array, hourEt: Int32Array): FlowTotals {
  const group = groupOfRows(flow, session, hourEt)
  return Object.fromEntries(
    sides.map(([name, contracts]) => [name, sumDistances(flow, flow[name], flow[contracts], group)]),
  ) as unknown as FlowTotals
}

/** Option-flow columns of engine.md 2, in the documented order. */
export function flowColumns(
  flow: FlowSeries,
  block: FlowBlock,
  totals: FlowTotals,
  session: Int32Array,
  hourEt: Int32Array,
): FeatureColumn[] {
  const group = groupOfRows(flow, session, hourEt)
  const columns: FeatureColumn[] = []
  const add = (name: string, data: Float64Array) => columns.push({ name, data })
  const at = (values: Float64Array, k: number) => pickDistance(flow, values, group, k)
  if (block.per_distance) {
    const distances = Array.from({ length: 2 * block.distance_max + 1 }, (_, i) => i - block.distance_max)
    for (const k of distances) add(`calls_sold_d${k}`, at(flow.callsSold, k))
    for (const k of distances) add(`puts_sold_d${k}`, at(flow.putsSold, k))
    for (const k of distances) add(`calls_premium_d${k}`, at(flow.callsPremium, k))
    for (const k of distances) add(`puts_premium_d${k}`, at(flow.putsPremium, k))
  }
  const { callsSold, putsSold, callsPremium, putsPremium } = totals
  if (block.totals) {
    add('calls_sold_total', callsSold)
    add('puts_sold_total', putsSold)
    add('calls_premium_total', callsPremium)
    add('puts_premium_total', putsPremium)
  }
  if (block.ratios) {
    add(
      'pc_ratio',
      combine(putsSold, callsSold, (p, c) => (p + EPSILON) / (c + EPSILON)),
    )
    add(
      'imbalance',
      combine(callsSold, putsSold, (c, p) => c - p),
    )
    add(
      'dealer_sold_premium_imbalance',
      combine(putsPremium, callsPremium, (p, c) => (p - c) / (p + c + EPSILON)),
    )
  }
  if (block.atm) {
    const calls = at(flow.callsSold, 0)
    const puts = at(flow.putsSold, 0)
    add('atm_calls', calls)
    add('atm_puts', puts)
    add(
      'atm_pc_ratio',
      combine(puts, calls, (p, c) => (p + EPSILON) / (c + EPSILON)),
    )
    add(
      'atm_imbalance',
      combine(calls, puts, (c, p) => c - p),
    )
  }
  add(
    'spy_prev_close',
    Float64Array.from(group, (g) => (g < 0 ? Number.NaN : flow.previousClose[g]!)),
  )
  return columns
}

function pickDistance(flow: FlowSeries, values: Float64Array, group: Int32Array, k: number): Float64Array {
  const width = 2 * flow.distanceMax + 1
  const out = new Float64Array(group.length).fill(Number.NaN)
  if (Math.abs(k) > flow.distanceMax) return out
  for (let row = 0; row < group.length; row++) {
    if (group[row]! >= 0) out[row] = values[group[row]! * width + k + flow.distanceMax]!
  }
  return out
}

/** NaN where no strike is listed, or where the value of a listed one is unknown. */
function sumDistances(
  flow: FlowSeries,
  values: Float64Array,
  contracts: Float64Array,
  group: Int32Array,
): Float64Array {
  const width = 2 * flow.distanceMax + 1
  const out = new Float64Array(group.length).fill(Number.NaN)
  for (let row = 0; row < group.length; row++) {
    if (group[row]! < 0) continue
    let sum = 0
    let listed = 0
    for (let i = group[row]! * width; i < (group[row]! + 1) * width; i++) {
      if (Number.isNaN(contracts[i]!)) continue
      sum += values[i]!
      listed++
    }
    if (listed > 0) out[row] = sum
  }
  return out
}

function combine(a: Float64Array, b: Float64Array, f: (a: number, b: number) => number): Float64Array {
  const out = new Float64Array(a.length)
  for (let i = 0; i < a.length; i++) out[i] = f(a[i]!, b[i]!)
  return out
}
