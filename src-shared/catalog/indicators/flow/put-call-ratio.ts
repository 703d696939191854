import type { FlowTotals } from '../define.ts'

/** Put over call volume of each row, NaN where no call traded: dividing by nearly nothing would invent a number. */
export function putCallRatio({ callsSold, putsSold }: FlowTotals, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = callsSold[i]! > 0 ? putsSold[i]! / callsSold[i]! : Number.NaN
  }
}
