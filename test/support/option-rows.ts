import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { Cadence, IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { chainOf, type Quote, type Snapshot } from './indicator-chain.ts'
import { inputOfBars } from './indicator-input.ts'
import { computeColumns } from './indicator-suite.ts'

const minuteMs = 60_000
/** The first of four sessions in a row, with no holiday near. */
export const tuesday = sessionOfDate('2024-10-01')
export const [wednesday, thursday, friday] = [tuesday + 1, tuesday + 2, tuesday + 3] as const

/** A row's decision: session, minutes after the opening bell, close. */
export type Row = [session: number, minute: number, close?: number]

/** Rows that are decided at their times and know the snapshots up to then; daily closes count from Tuesday on. */
export function inputWith(
  cadence: Cadence,
  rows: Row[],
  snapshots: Snapshot[],
  dailyClose?: number[],
): IndicatorInput {
  const close = Float64Array.from(rows, ([, , price = 100]) => price)
  const days = Float64Array.from(dailyClose ?? [100, 100, 100, 100])
  const flat = { open: close, high: close, low: close, close, volume: close }
  const ts = Float64Array.from(rows, ([session, minute]) => sessionOpen[session]! + minute * minuteMs)
  const session = Int32Array.from(rows, ([each]) => each)
  const bars = inputOfBars(flat)
  return {
    ...bars,
    cadence,
    ts,
    session,
    daily: {
      ...bars.daily,
      close: days,
      length: days.length,
      session: Int32Array.from(days, (_, k) => tuesday + k),
      asOf: session.map((each) => each - tuesday),
    },
    chain: chainOf(snapshots, ts),
  }
}

/** A snapshot some minutes after a session’s opening bell. */
export const at = (session: number, minute: number, quotes: Quote[], spot = 100): Snapshot => ({
  ts: sessionOpen[session]! + minute * minuteMs,
  session,
  spot,
  quotes,
})

/** A call that expires at a session’s close. */
export const call = (session: number, strike: number, rest: Partial<Quote>): Quote => ({
  expiry: sessionClose[session]!,
  strike,
  isCall: true,
  ...rest,
})

/** As `call`, a put. */
export const put = (session: number, strike: number, rest: Partial<Quote>): Quote => ({
  ...call(session, strike, rest),
  isCall: false,
})

/** A call at 100 that expires on Friday, with a volatility. */
export const level = (iv: number) => [call(friday, 100, { iv })]

/** The first column of an indicator, rounded to nine places. */
export function valuesOf(spec: unknown, input: IndicatorInput): number[] {
  return [...Object.values(computeColumns(spec, input))[0]!].map((value) => Math.round(value * 1e9) / 1e9)
}

/** The value on one row that is decided at the snapshot. */
export const measured = (spec: unknown, snapshot: Snapshot, close = 100) =>
  valuesOf(
    spec,
    inputWith(
      'hourly',
      [[snapshot.session, (snapshot.ts - sessionOpen[snapshot.session]!) / minuteMs, close]],
      [snapshot],
    ),
  )[0]!

/** Session number of a date. */
export const day = (date: string) => sessionOfDate(date)
