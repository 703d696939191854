export interface DiffLine {
  kind: 'same' | 'removed' | 'added'
  text: string
  /** Line numbers from 1; null on the side where the line is not. */
  before: number | null
  after: number | null
}

/** A stretch of lines of the old text, from `start` to before `end`, and what stands there in the new one. */
interface Change {
  start: number
  end: number
  lines: string[]
}

/** Above this many comparisons the changed middle is shown as replaced whole: exact, only longer. */
const MOST_CELLS = 4_000_000

const split = (text: string): string[] => text.split('\n')

/** The lines of two texts in one column, by a longest common subsequence. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = split(before)
  const b = split(after)
  const kept = commonPairs(a, b)
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  for (const [atA, atB] of [...kept, [a.length, b.length] as const]) {
    while (i < atA) lines.push({ kind: 'removed', text: a[i]!, before: ++i, after: null })
    while (j < atB) lines.push({ kind: 'added', text: b[j]!, before: null, after: ++j })
    if (i < a.length && j < b.length) lines.push({ kind: 'same', text: a[i]!, before: ++i, after: ++j })
  }
  return lines
}

/** How many lines a change takes away and adds. */
export function countChanges(lines: readonly DiffLine[]): { added: number; removed: number } {
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length
  return { added: count('added'), removed: count('removed') }
}

/** Parts of a diff that are worth showing: the changes with a few lines around, null between parts. */
export function foldDiff(lines: readonly DiffLine[], around = 3): (DiffLine | null)[] {
  const isNear = lines.map((_, i) =>
    lines.slice(Math.max(0, i - around), i + around + 1).some(({ kind }) => kind !== 'same'),
  )
  const folded: (DiffLine | null)[] = []
  for (const [i, line] of lines.entries()) {
    if (isNear[i]) folded.push(line)
    else if (folded.at(-1) !== null) folded.push(null)
  }
  return folded
}

/** Both edits of one text in one; null where they touch the same or neighbouring lines. */
export function mergeEdits(base: string, mine: string, theirs: string): string | null {
  const ours = changesOf(base, mine)
  const others = changesOf(base, theirs)
  const all = [...ours]
  for (const other of others) {
    if (ours.some((each) => isSame(each, other))) continue
    if (ours.some((each) => each.start <= other.end && other.start <= each.end)) return null
    all.push(other)
  }
  const lines = split(base)
  for (const { start, end, lines: with_ } of all.sort((a, b) => b.start - a.start)) {
    lines.splice(start, end - start, ...with_)
  }
  return lines.join('\n')
}

const isSame = (a: Change, b: Change): boolean =>
  a.start === b.start && a.end === b.end && a.lines.join('\n') === b.lines.join('\n')

function changesOf(base: string, text: string): Change[] {
  const changes: Change[] = []
  let at = 0
  let open: Change | null = null
  for (const { kind, text: line } of diffLines(base, text)) {
    if (kind === 'same') {
      at++
      open = null
      continue
    }
    if (open === null) {
      open = { start: at, end: at, lines: [] }
      changes.push(open)
    }
    if (kind === 'added') open.lines.push(line)
    else open.end = ++at
  }
  return changes
}

/** Pairs of lines that stay, in order. */
function commonPairs(a: readonly string[], b: readonly string[]): [number, number][] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const pairs: [number, number][] = []
  for (let i = 0; i < head; i++) pairs.push([i, i])
  pairs.push(...middlePairs(a, b, head, tail))
  for (let i = tail; i > 0; i--) pairs.push([a.length - i, b.length - i])
  return pairs
}

function middlePairs(
  a: readonly string[],
  b: readonly string[],
  head: number,
  tail: number,
): [number, number][] {
  const rows = a.length - head - tail
  const columns = b.length - head - tail
  if (rows === 0 || columns === 0 || rows * columns > MOST_CELLS) return []
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const here = i * width + j
      lengths[here] =
        a[head + i] === b[head + j]
          ? lengths[here + width + 1]! + 1
          : Math.max(lengths[here + width]!, lengths[here + 1]!)
    }
  }
  const pairs: [number, number][] = []
  let i = 0
  let j = 0
  while (i < rows && j < columns) {
    const here = i * width + j
    if (a[head + i] === b[head + j]) pairs.push([head + i++, head + j++])
    else if (lengths[here + width]! >= lengths[here + 1]!) i++
    else j++
  }
  return pairs
}
