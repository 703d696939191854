import type { ChainSeries } from '../define.ts'

/** Contracts held over quotes `from` … `end` − 1; NaN where no quote says. */
export function sumOpenInterest({ openInterest }: ChainSeries, from: number, end: number): number {
  let sum = 0
  let known = 0
  for (let q = from; q < end; q++) {
    if (Number.isNaN(openInterest[q]!)) continue
    sum += openInterest[q]!
    known++
  }
  return known > 0 ? sum : Number.NaN
}

/** As `sumOpenInterest`, of calls or of puts alone. */
export function sumSide(chain: ChainSeries, from: number, end: number, calls: boolean): number {
  const { openInterest, isCall } = chain
  let sum = 0
  let known = 0
  for (let q = from; q < end; q++) {
    if ((isCall[q] === 1) !== calls || Number.isNaN(openInterest[q]!)) continue
    sum += openInterest[q]!
    known++
  }
  return known > 0 ? sum : Number.NaN
}
