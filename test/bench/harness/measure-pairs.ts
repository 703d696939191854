import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchContext, BenchRow, Figures, Goal, PairCase, Side } from './bench-types.ts'
import { durationText, spreadOf } from './spread.ts'
import { type RunningSide, startSide } from './start-side.ts'

const fewestRounds = 5
/** A run that is shorter is repeated for so long: clocks, compilers and schedulers have their own grain. */
const leastMilliseconds = 100

interface Measured {
  times: number[]
  figures: Figures[]
  version: string
  megabytes: number
  outputFile: string
}

/** Runs each case against each peer in turn and adds one line a peer. */
export async function measurePairs(cases: readonly PairCase[], context: BenchContext): Promise<void> {
  for (const each of cases) {
    const folder = join(context.folder, each.name.replaceAll(/\W+/g, '-'))
    mkdirSync(folder, { recursive: true })
    await measureCase(each, folder, context)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureCase(bench: PairCase, folder: string, context: BenchContext): Promise<void> {
  const rounds = Math.max(fewestRounds, bench.rounds ?? 0)
  await bench.prepare(folder, rounds)
  const ours = await startSide(bench.ours, folder, context.python)
  if (typeof ours === 'string') throw new Error(`${bench.name}: our side did not start: ${ours}`)
  const peers: RunningSide[] = []
  for (const side of [...bench.peers.filter((each) => !each.isFallback), ...fallbacks(bench)]) {
    if (side.isFallback && peers.length > 0) continue
    const peer = await startSide(side, folder, context.python)
    if (typeof peer !== 'string') peers.push(peer)
    else {
      const goal = side.isForInformation ? null : bench.goal
      const beside = [`not installed: ${peer.split('\n')[0]}`]
      context.add({
        ...{ name: bench.name, ours: '', peer: side.name, beside, figures: {} },
        ...{ goal: goalText(goal), verdict: goal ? 'not run' : '' },
      })
    }
  }
  const measured = await alternate([ours, ...peers], rounds, folder)
  const [mine, ...theirs] = measured
  for (const [i, peer] of theirs.entries()) {
    context.add(rowOf(bench, mine!, peer, peers[i]!.side, theirs))
  }
  if (theirs.length === 0) {
    const beside = figureTexts(mine!, null)
    const figures = { times: mine!.times, figures: averages(mine!) }
    context.add({
      ...{ name: bench.name, ours: milliseconds(mine!), peer: '', goal: '', verdict: '' },
      ...{ beside, oursMegabytes: mine!.megabytes, figures },
    })
  }
}

function fallbacks({ peers }: PairCase) {
  return peers.filter((each) => each.isFallback)
}

/** Every second round runs backwards, so that no side always follows the same other one. */
async function alternate(sides: RunningSide[], rounds: number, folder: string): Promise<Measured[]> {
  const repeats: number[] = []
  for (const side of sides) {
    const warmUp = (repeats: number) => side.run({ round: 0, repeats, outputTo: null })
    const { milliseconds: cold } = await warmUp(1)
    // A compiler gets to work only after some calls, or a long one.
    const isWarm = cold > 100 * leastMilliseconds
    const { milliseconds } = isWarm
      ? { milliseconds: cold }
      : await warmUp(Math.ceil(leastMilliseconds / cold))
    repeats.push(Math.ceil(leastMilliseconds / milliseconds))
  }
  const measured = sides.map(({ version }, s) => ({
    ...{ version, times: [] as number[], figures: [] as Figures[], megabytes: 0 },
    outputFile: join(folder, `output-${s}.f64`),
  }))
  const order = sides.map((_, s) => s)
  for (let round = 0; round < rounds; round++) {
    for (const s of order) {
      const outputTo = round === rounds - 1 ? measured[s]!.outputFile : null
      const reply = await sides[s]!.run({ round, repeats: repeats[s]!, outputTo })
      measured[s]!.times.push(reply.milliseconds)
      measured[s]!.figures.push(reply.figures)
    }
    order.reverse()
  }
  for (const [s, side] of sides.entries()) measured[s]!.megabytes = await side.quit()
  return measured
}

function rowOf(
  bench: PairCase,
  ours: Measured,
  peer: Measured,
  side: Side,
  allPeers: readonly Measured[],
): Omit<BenchRow, 'section'> {
  const goal = side.isFallback || side.isForInformation ? null : bench.goal
  const isTime = goal !== null && 'timeAtMost' in goal
  const ratio = spreadOf(
    ours.times.map((mine, i) => (isTime ? mine / peer.times[i]! : peer.times[i]! / mine)),
  )
  const beside = figureTexts(ours, peer)
  let isMet =
    goal === null ||
    ('timeAtMost' in goal ? ratio.median <= goal.timeAtMost : ratio.median >= goal.speedAtLeast)
  const figures: Record<string, unknown> = {
    ...{ oursTimes: ours.times, peerTimes: peer.times },
    ...{ oursFigures: averages(ours), peerFigures: averages(peer) },
  }
  if (side.values) {
    const { within, isRelative } = side.values
    const deviation = largestDeviation(ours.outputFile, peer.outputFile, isRelative ?? false)
    const isEqual = deviation <= within
    beside.push(`deviation ${deviation.toExponential(1)}${isEqual ? '' : ` above ${within}`}`)
    figures['deviation'] = deviation
    isMet &&= isEqual
  }
  for (const { name, slack } of bench.figures ?? []) {
    const best = Math.max(...allPeers.map((each) => averages(each)[name] ?? Number.NEGATIVE_INFINITY))
    isMet &&= (averages(ours)[name] ?? Number.NaN) >= best - slack
  }
  return {
    name: bench.name,
    ours: milliseconds(ours),
    peer: `${milliseconds(peer)} ${peer.version}`,
    goal: goalText(goal),
    verdict: isMet ? (goal === null ? '' : 'met') : 'missed',
    ratio,
    beside,
    oursMegabytes: ours.megabytes,
    peerMegabytes: peer.megabytes,
    figures,
  }
}

function goalText(goal: Goal | null): string {
  if (goal === null) return ''
  return 'timeAtMost' in goal ? `time ≤ ${goal.timeAtMost} ×` : `speed ≥ ${goal.speedAtLeast} ×`
}

function milliseconds({ times }: Measured): string {
  return durationText(spreadOf(times).median)
}

function averages({ figures }: Measured): Figures {
  const names = Object.keys(figures[0] ?? {})
  const mean = (name: string) => figures.reduce((sum, each) => sum + each[name]!, 0) / figures.length
  return Object.fromEntries(names.map((name) => [name, mean(name)]))
}

function figureTexts(ours: Measured, peer: Measured | null): string[] {
  const theirs = peer ? averages(peer) : {}
  return Object.entries(averages(ours)).map(([name, value]) => {
    const other = theirs[name]
    return `${name} ${value.toFixed(4)}${other === undefined ? '' : ` / ${other.toFixed(4)}`}`
  })
}

/** Over the places where both are numbers; infinite where the lengths differ or nothing can be compared. */
function largestDeviation(oursFile: string, peerFile: string, isRelative: boolean): number {
  const [a, b] = [readNumbers(oursFile), readNumbers(peerFile)]
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let largest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < a.length; i++) {
    const size = isRelative ? Math.max(1, Math.abs(b[i]!)) : 1
    const deviation = Math.abs(a[i]! - b[i]!) / size
    if (deviation > largest) largest = deviation
  }
  return largest === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : largest
}

function readNumbers(file: string): Float64Array {
  const bytes = readFileSync(file)
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}
