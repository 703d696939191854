/** Numbers a side reports beside its times, averaged over the rounds: `{ auc: 0.57 }`. */
export type Figures = Record<string, number>

/** One program that does the work of a case, in a process of its own. */
export interface Side {
  name: string
  language: 'node' | 'python'
  /** Absolute path of a script that calls `serveSide` (node) or `serve` (python). */
  script: string
  options?: Record<string, unknown>
  /** Threads it may use, 1 by default. */
  threads?: number
  /** Shown beside the goal, which is against other peers. */
  isForInformation?: boolean
  /** Runs only where no other peer of the case is there, for information. */
  isFallback?: boolean
  /** A peer of the same definition: its output must be ours, where both are numbers; `relative` divides by its size above 1. */
  values?: { within: number; isRelative?: boolean }
}

/** Ours against the peer, as time (ours / peer, at most so much) or as speed (peer / ours, at least so much). */
export type Goal = { timeAtMost: number } | { speedAtLeast: number }

/** The same work on the same bytes by us and by others, timed in alternation. */
export interface PairCase {
  name: string
  /** null where the figure is for information. */
  goal: Goal | null
  /** Fewest rounds, 5 by default; round k reads what `prepare` wrote for it. */
  rounds?: number
  /** Writes what all sides read into `folder`; called once, before any side starts. */
  prepare: (folder: string, rounds: number) => void | Promise<void>
  ours: Side
  peers: Side[]
  /** Averages that ours must reach: the best of the peers, less `slack`. */
  figures?: { name: string; slack: number }[]
}

export interface Spread {
  median: number
  min: number
  max: number
}

/** One line of the table. Times are milliseconds of one run. */
export interface BenchRow {
  section: string
  name: string
  ours: string
  peer: string
  goal: string
  verdict: 'met' | 'missed' | 'not run' | ''
  ratio?: Spread
  /** AUC, largest deviation, exponent: whatever stands beside the times. */
  beside: string[]
  oursMegabytes?: number
  peerMegabytes?: number
  /** All that was measured, for the JSON. */
  figures: Record<string, unknown>
}

export interface BenchContext {
  isQuick: boolean
  python: string
  /** Folder that holds a node_modules with indicator libraries, if the user named one. */
  peersFolder: string | null
  /** A folder of this section alone, removed when it is done. */
  folder: string
  /** Gives a finished line to the table. */
  add: (row: Omit<BenchRow, 'section'>) => void
}

export interface BenchSection {
  id: string
  title: string
  run: (context: BenchContext) => Promise<void>
}
