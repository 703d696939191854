import type { BenchRow } from './bench-types.ts'

const heads = ['', 'ours', 'peer', 'ratio (min–max)', 'goal', 'verdict', 'MB ours / peer', 'beside']

/** Prints the lines of one section under each other, columns as wide as they need. */
export function printTable(title: string, rows: readonly BenchRow[]): void {
  const table = [heads, ...rows.map(cellsOf)]
  const widths = heads.map((_, c) => Math.max(...table.map((cells) => cells[c]!.length)))
  console.log(`\n${title}`)
  for (const cells of table) {
    console.log(
      `  ${cells
        .map((cell, c) => cell.padEnd(widths[c]!))
        .join('  ')
        .trimEnd()}`,
    )
  }
}

function cellsOf({
  name,
  ours,
  peer,
  ratio,
  goal,
  verdict,
  oursMegabytes,
  peerMegabytes,
  beside,
}: BenchRow): string[] {
  const size = (value: number | undefined) => (value === undefined ? '–' : String(Math.round(value)))
  const memory =
    oursMegabytes === undefined && peerMegabytes === undefined
      ? ''
      : `${size(oursMegabytes)} / ${size(peerMegabytes)}`
  const ratioText = ratio ? `${figure(ratio.median)} (${figure(ratio.min)}–${figure(ratio.max)})` : ''
  return [name, ours, peer, ratioText, goal, verdict, memory, beside.join(', ')]
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
