import type { Static, TObject, TProperties } from 'typebox'
import type { Cadence } from '#shared/catalog/indicators/define.ts'

/** The full timeline on which labels are computed, before any filter. */
export interface LabelInput {
  rows: number
  cadence: Cadence
  /** Decision time of each bar, epoch ms UTC. */
  ts: Float64Array
  session: Int32Array
  /** Close of the row's session, epoch ms UTC. */
  sessionClose: Float64Array
  /** Open of the session after the row's, epoch ms UTC. */
  nextSessionOpen: Float64Array
  hourEt: Int32Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
}

/** What the calendar and the clock tell of a row before anything of its future is known. */
export interface RowClock {
  cadence: Cadence
  /** Decision time and close of its session, epoch ms UTC. */
  ts: number
  sessionClose: number
}

/** Filled by a label for every row. A row without a label has y −1, ret NaN, t1 NaN, exit −1. */
export interface LabelOutput {
  /** Index into the label's classes, −1 for none. */
  y: Int8Array
  /** Return over the label's life, a fraction. */
  ret: Float64Array
  /** Instant at which the label is known, epoch ms UTC. */
  t1: Float64Array
  /** Index of the bar at which the label ends. */
  exit: Int32Array
}

export interface Label<P extends TProperties = TProperties> {
  readonly id: string
  readonly title: string
  readonly doc: string
  readonly source: string
  readonly params: TObject<P>
  readonly classes: (params: Static<TObject<P>>) => readonly string[]
  /** Decisions alive at once when every bar decides: a trade holds 1 / horizonBars of capital. 1 where one row a day decides. */
  readonly horizonBars: (params: Static<TObject<P>>) => number
  /** Cadences whose bars can have this label. */
  readonly cadences: (params: Static<TObject<P>>) => readonly Cadence[]
  /** Minutes of trading from a row's decision to its label's end at the latest; null where no label can begin at its time. */
  readonly life: (clock: RowClock, params: Static<TObject<P>>) => number | null
  /** How parameters contradict each other that are valid one by one, in words; null where they do not. */
  readonly fault?: (params: Static<TObject<P>>) => string | null
  /** How a trade on this label is filled when opens are traded prices. */
  readonly entry: 'next_open' | 'close_to_open'
  /** Raised when a change alters values: it is part of every matrix sha. */
  readonly version?: number
  /** Fills every row of `out`. Same-day labels (any cadence but daily) leave rows whose end passes the session close without one. */
  readonly compute: (input: LabelInput, params: Static<TObject<P>>, out: LabelOutput) => void
}

export function defineLabel<P extends TProperties>(label: Label<P>): Label {
  return label as unknown as Label
}
