import { join } from 'node:path'
import type { BenchContext, Goal, PairCase, Side } from '../harness/bench-types.ts'
import { type RowSizes, writeRows } from './write-rows.ts'

interface TrainerCase extends Omit<RowSizes, 'tested'> {
  goal: Goal
  /** Seeds of data: AUC of a model of few rows varies more than what it is held to. */
  rounds?: number
}

const quick: TrainerCase[] = [
  { rows: 500, features: 36, rounds: 20, goal: { timeAtMost: 0.4 } },
  { rows: 3000, features: 90, rounds: 20, goal: { timeAtMost: 0.4 } },
]
const long: TrainerCase[] = [
  ...quick,
  { rows: 3000, features: 90, missing: 0.05, goal: { timeAtMost: 0.4 } },
  { rows: 50_000, features: 90, goal: { timeAtMost: 0.55 } },
  { rows: 500_000, features: 60, goal: { timeAtMost: 0.7 } },
  { rows: 2_000_000, features: 30, goal: { timeAtMost: 0.9 } },
]

/** The same fit on two threads against one; models are equal to the bit, which a test holds them to. */
export function threadCases({ isQuick }: BenchContext): PairCase[] {
  return (isQuick ? quick : long.slice(0, 5))
    .filter(({ rows, missing }) => rows >= 3000 && missing === undefined)
    .map(({ rows, features }): PairCase => {
      const sizes: RowSizes = { rows, features, tested: 5000 }
      const side = (name: string, threads: number): Side => ({
        ...{ name, language: 'node', threads, script: join(import.meta.dirname, 'our-side.ts') },
        options: { ...sizes, trees: rows > 100_000 ? 60 : 300, depth: 6, rate: 0.05, bins: 256 },
      })
      return {
        name: `${rows / 1000}k rows × ${features} features, two threads`,
        goal: { speedAtLeast: 1.6 },
        prepare: (folder, rounds) => writeRows(folder, sizes, rounds),
        ours: side('two threads', 2),
        peers: [side('one thread', 1)],
      }
    })
}

/** What a single fit takes with the same settings on one thread, binning included; each round is another seed. */
export function trainerCases({ isQuick }: BenchContext): PairCase[] {
  const side = (name: string, language: Side['language'], script: string, options: object): Side => ({
    ...{ name, language, threads: 1, script: join(import.meta.dirname, script) },
    options: { ...options },
  })
  return (isQuick ? quick.slice(0, 1) : long).map(({ rows, features, missing, rounds, goal }): PairCase => {
    const tested = Math.min(100_000, Math.max(5000, rows / 4))
    const sizes: RowSizes = { rows, features, tested, ...(missing && { missing }) }
    const settings = { ...sizes, trees: 300, depth: 6, rate: 0.05, bins: 256 }
    return {
      name: `${rows < 1e6 ? `${rows / 1000}k` : `${rows / 1e6}M`} × ${features}, 300 trees${missing ? `, ${missing * 100} % missing` : ''}`,
      ...{ goal, ...(rounds && !isQuick && { rounds }) },
      prepare: (folder, rounds) => writeRows(folder, sizes, rounds),
      ours: side('ours', 'node', 'our-side.ts', settings),
      peers: [
        side('XGBoost', 'python', 'peer_side.py', { ...settings, peer: 'xgboost' }),
        {
          ...side('scikit-learn HGB', 'python', 'peer_side.py', { ...settings, peer: 'sklearn' }),
          isForInformation: true,
        },
      ],
      figures: [{ name: 'auc', slack: 0.001 }],
    }
  })
}

/** Scores of many rows by a model of few, which both sides have trained before. */
export function predictionCases(): PairCase[] {
  const sizes: RowSizes = { rows: 3000, features: 90, tested: 50_000 }
  const options = { ...sizes, trees: 300, depth: 6, rate: 0.05, bins: 256, predicts: true }
  const script = (name: string) => join(import.meta.dirname, name)
  return [
    {
      name: '50k rows × 90 features scored by 300 trees',
      goal: { timeAtMost: 1 },
      prepare: (folder, rounds) => writeRows(folder, sizes, rounds),
      ours: { name: 'ours', language: 'node', threads: 1, script: script('our-side.ts'), options },
      peers: [
        {
          ...{ name: 'XGBoost', language: 'python', threads: 1, script: script('peer_side.py') },
          options: { ...options, peer: 'xgboost' },
        },
      ],
    },
  ]
}
